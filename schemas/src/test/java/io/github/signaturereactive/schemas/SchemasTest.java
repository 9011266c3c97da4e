package io.github.signaturereactive.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemasTest {

    @ParameterizedTest
    @EnumSource
    void everyExampleIsValid(Examples example) {
        var root = example.schema().validate(example.bytes()).getDocumentElement();

        assertThat(root.getLocalName())
                .isEqualTo(example == Examples.SIGNATURES ? "XAdESSignatures" : example.messageName());
    }

    @ParameterizedTest
    @EnumSource
    void rejectsExamplesWithAnUnknownElement(Examples example) {
        String broken = new String(example.bytes(), UTF_8).replaceFirst("(?s)(</[\\w-]+>\\s*)$", "<unknown/>$1");

        assertThatThrownBy(() -> example.schema().validate(broken.getBytes(UTF_8)))
                .isInstanceOf(SchemaViolationException.class)
                .hasMessageContaining("unknown");
    }

    @Test
    void messageOfViolationContainsPositionAndReason() {
        String tooLong =
                new String(Examples.PORTAL_SIGNATURE_JOB_REQUEST.bytes(), UTF_8).replace("minutes-17", "x".repeat(51));

        assertThatThrownBy(() -> Schemas.MESSAGES.validate(tooLong.getBytes(UTF_8)))
                .isInstanceOf(SchemaViolationException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("maxLength '50'");
    }

    @Test
    void rejectsDoctypeWithoutFetchingIt() {
        String hostile = """
                <!DOCTYPE error SYSTEM "http://127.0.0.1:9/evil.dtd">
                <error xmlns="http://signering.posten.no/schema/v1"/>""";

        assertThatThrownBy(() -> Schemas.MESSAGES.validate(hostile.getBytes(UTF_8)))
                .isInstanceOf(SchemaViolationException.class)
                .hasMessageContaining("DOCTYPE");
    }

    @Test
    void rejectsContentThatIsNotXml() {
        assertThatThrownBy(() -> Schemas.SIGNATURES.validate("PK".getBytes(UTF_8)))
                .isInstanceOf(SchemaViolationException.class);
    }

    @Test
    void validatesXadesInsideSignatures() {
        String broken = new String(Examples.SIGNATURES.bytes(), UTF_8)
                .replaceFirst("<SigningTime>[^<]*</SigningTime>", "<SigningTime>yesterday</SigningTime>");

        assertThatThrownBy(() -> Schemas.SIGNATURES.validate(broken.getBytes(UTF_8)))
                .isInstanceOf(SchemaViolationException.class)
                .hasMessageContaining("yesterday");
    }
}
