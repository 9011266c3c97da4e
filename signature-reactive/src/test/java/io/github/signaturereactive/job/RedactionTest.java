package io.github.signaturereactive.job;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masking of personal data and secrets in error messages of the service. */
class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678910",
                "123456 78910",
                "123456-78910",
                "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0661\u0660",
                "ola@example.com",
                "Ola.Nordmann+test@example.co.uk",
                "ola%40example.com",
                "99887766",
                "998 87 766",
                "99 88 77 66",
                "22 33 44 55",
                "9988 7766",
                "+47 99887766",
                "+47 998 87 766",
                "004799887766",
                "+46 70 123 45 67",
                "+46-70-123 45 67",
                "+44 (0)20 7946 0958",
                "+1 (555) 123-4567",
                "eyJhbGciOiJSUzI1NiJ9abc0",
                "0d9c2a3e-5f7b-4a1c-9a55-6f1d2b3c4d5e",
            })
    void masksPersonalDataAndTokens(String secret) {
        assertThat(Redaction.redact("Value '" + secret + "' is wrong")).isEqualTo("Value '***' is wrong");
        assertThat(Redaction.redact(secret)).isEqualTo("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Job 99887766 is unknown",
                "Job number 99887766: unknown",
                "signature job id=99887766",
                "sender 123456789 is not authorized",
                "cvc-maxLength-valid: Value with length = '81' is not facet-valid for type 'non-sensitive-title'",
                "Invalid content was found starting with element 'personal-identification-number'",
                "http://signering.posten.no/schema/v1",
                "SigningTime 2026-11-21T10:00:00.123+01:00 differs by 42 s",
                "status 1 of 3",
            })
    void keepsOtherText(String text) {
        assertThat(Redaction.redact(text)).isEqualTo(text);
    }

    @Property(tries = 300)
    void truncationLeavesNoPartOfASecret(@ForAll @IntRange(min = 0, max = 5_000) int before) {
        String shown = Redaction.redact("x ".repeat(before / 2) + "12345678910 and +47 998 87 766 or ola@example.com");

        assertThat(shown)
                .doesNotContain("1234")
                .doesNotContain("998")
                .doesNotContain("ola")
                .hasSizeLessThanOrEqualTo(501);
    }

    @Test
    void truncatesLongText() {
        assertThat(Redaction.redact("word ".repeat(200_000))).hasSize(501).endsWith("…");
        assertThat(Redaction.redact("12345678910 ".repeat(100_000)))
                .startsWith("*** ***")
                .hasSize(501);
    }

    @Test
    void replacesLineBreaksAndControlCharactersWithBlanks() {
        assertThat(Redaction.redact("one\r\n two\u0000\u2028three")).isEqualTo("one two three");
    }
}
