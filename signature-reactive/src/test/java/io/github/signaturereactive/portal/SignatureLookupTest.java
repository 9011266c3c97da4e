package io.github.signaturereactive.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookup of a signer's status in a status change, by exact and by normalized identifier. */
class SignatureLookupTest {

    private static final SignerIdentifier NUMBER =
            SignerIdentifier.identifiedByPersonalIdentificationNumber("12345678910");
    private static final SignerIdentifier EMAIL = SignerIdentifier.identifiedByEmailAddress("Kari@Example.com");
    private static final SignerIdentifier MOBILE = SignerIdentifier.identifiedByMobileNumber("+4799887766");
    private static final SignerIdentifier BOTH =
            SignerIdentifier.identifiedByEmailAddressAndMobileNumber("Kari@Example.com", "+4799887766");

    @Test
    void findsSignatureByEachKindOfIdentifier() {
        var change = change(NUMBER, EMAIL, MOBILE, BOTH, new SignerIdentifier.Unknown());

        for (SignerIdentifier signer : new SignerIdentifier[] {NUMBER, EMAIL, MOBILE, BOTH}) {
            assertThat(change.signatureOf(signer))
                    .get()
                    .extracting(PortalSignature::signer)
                    .isSameAs(signer);
            assertThat(change.signatureOfNormalized(signer))
                    .get()
                    .extracting(PortalSignature::signer)
                    .isSameAs(signer);
        }
    }

    @Test
    void returnsEmptyForUnknownSigner() {
        var change = change(BOTH, new SignerIdentifier.Unknown());

        for (SignerIdentifier signer : new SignerIdentifier[] {NUMBER, EMAIL, MOBILE}) {
            assertThat(change.signatureOf(signer)).isEmpty();
            assertThat(change.signatureOfNormalized(signer)).isEmpty();
        }
        assertThat(PortalJobStatusChanged.noChanges(null).signatureOfNormalized(NUMBER))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kari@example.com", "KARI@EXAMPLE.COM", " Kari@Example.com "})
    void normalizedLookupIgnoresCaseOfEmailAddress(String written) {
        var signer = SignerIdentifier.identifiedByEmailAddress(written);

        assertThat(change(EMAIL).signatureOf(signer)).isEmpty();
        assertThat(change(EMAIL).signatureOfNormalized(signer)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99887766",
                "004799887766",
                "+47 99 88 77 66",
                "0047 998 87 766",
                "998-87-766",
                "(+47) 99.88.77.66",
                "+47\u00A099887766"
            })
    void normalizedLookupIgnoresFormatOfMobileNumber(String written) {
        assertThat(change(MOBILE).signatureOf(SignerIdentifier.identifiedByMobileNumber(written)))
                .isEmpty();
        assertThat(change(MOBILE).signatureOfNormalized(SignerIdentifier.identifiedByMobileNumber(written)))
                .isPresent();
        assertThat(change(BOTH)
                        .signatureOfNormalized(
                                SignerIdentifier.identifiedByEmailAddressAndMobileNumber("kari@example.com", written)))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"+4699887766", "99887767", "4799887766", "+479988776", "+47998877665"})
    void normalizedLookupDoesNotFindOtherNumbers(String number) {
        assertThat(change(MOBILE).signatureOfNormalized(SignerIdentifier.identifiedByMobileNumber(number)))
                .isEmpty();
    }

    @Test
    void ambiguousNormalizedLookupFindsExactMatchOnly() {
        var lower = SignerIdentifier.identifiedByEmailAddress("kari@example.com");
        var change = change(EMAIL, lower);

        assertThat(change.signatureOfNormalized(lower))
                .get()
                .extracting(PortalSignature::signer)
                .isSameAs(lower);
        assertThat(change.signatureOfNormalized(SignerIdentifier.identifiedByEmailAddress("KARI@example.com")))
                .isEmpty();
    }

    private static PortalJobStatusChanged change(SignerIdentifier... signers) {
        return PortalJobStatusChanged.builder(17, PortalJobStatus.IN_PROGRESS)
                .signatures(Arrays.stream(signers)
                        .map(signer -> new PortalSignature(signer, SignatureStatus.WAITING, null, null))
                        .toList())
                .build();
    }
}
