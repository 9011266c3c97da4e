package io.github.signaturereactive.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookup of signers and their status in responses, and references to the status of a job. */
class DirectJobResponseTest {

    private static final URI REDIRECT = URI.create("https://signering.example/redirect/#/a1");
    private static final DirectSignerResponse BY_NUMBER = new DirectSignerResponse("12345678910", null, null, REDIRECT);
    private static final DirectSignerResponse BY_CUSTOM_IDENTIFIER =
            new DirectSignerResponse(null, "tenant-7", null, REDIRECT);
    private static final DirectSignerResponse WITHOUT_IDENTIFIER = new DirectSignerResponse(null, null, null, REDIRECT);

    @Test
    void findsSignerByEitherKindOfIdentifier() {
        var response = response(BY_NUMBER, BY_CUSTOM_IDENTIFIER);

        assertThat(response.signerIdentifiedBy("12345678910")).containsSame(BY_NUMBER);
        assertThat(response.signerIdentifiedBy("tenant-7")).containsSame(BY_CUSTOM_IDENTIFIER);
        assertThat(BY_NUMBER.isIdentifiedByPersonalIdentificationNumber()).isTrue();
        assertThat(BY_CUSTOM_IDENTIFIER.isIdentifiedByPersonalIdentificationNumber())
                .isFalse();
        assertThat(BY_CUSTOM_IDENTIFIER.hasIdentifier("tenant-7")).isTrue();
        assertThat(BY_CUSTOM_IDENTIFIER.hasIdentifier(" tenant-7 ")).isTrue();
        assertThat(BY_CUSTOM_IDENTIFIER.hasIdentifier("Tenant-7")).isFalse();
    }

    @Test
    void doesNotFindUnknownSigner() {
        assertThat(response(BY_NUMBER, BY_CUSTOM_IDENTIFIER).signerIdentifiedBy("tenant-8"))
                .isEmpty();
        assertThat(response(BY_CUSTOM_IDENTIFIER).signerIdentifiedBy("tenant-8"))
                .isEmpty();
        assertThat(response().signerIdentifiedBy("tenant-8")).isEmpty();
        assertThat(response(WITHOUT_IDENTIFIER, WITHOUT_IDENTIFIER).signerIdentifiedBy("tenant-8"))
                .isEmpty();
    }

    @Test
    void findsOnlySignerWithoutIdentifier() {
        assertThat(response(WITHOUT_IDENTIFIER).signerIdentifiedBy("tenant-7")).containsSame(WITHOUT_IDENTIFIER);
        assertThat(response(WITHOUT_IDENTIFIER).singleSigner()).isSameAs(WITHOUT_IDENTIFIER);
        assertThat(status(new DirectSignature(null, SignerStatus.SIGNED, null, null))
                        .signatureOf("tenant-7"))
                .isPresent();
    }

    @Test
    void singleSignerRequiresExactlyOneSigner() {
        assertThatThrownBy(() -> response(BY_NUMBER, BY_CUSTOM_IDENTIFIER).singleSigner())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has 2 signers");
        assertThatThrownBy(() -> response().singleSigner())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has 0 signers");
    }

    @Test
    void findsSignatureByIdentifierOfSigner() {
        var signed = new DirectSignature("tenant-7", SignerStatus.SIGNED, null, null);
        var waiting = new DirectSignature("12345678910", SignerStatus.WAITING, null, null);

        assertThat(status(signed, waiting).signatureOf("12345678910")).containsSame(waiting);
        assertThat(status(signed, waiting).signatureOf("tenant-7 ")).containsSame(signed);
        assertThat(status(signed, waiting).signatureOf("tenant-8")).isEmpty();
        assertThat(status(signed).signatureOf("tenant-8")).isEmpty();
        assertThat(status(
                                new DirectSignature(null, SignerStatus.SIGNED, null, null),
                                new DirectSignature(null, SignerStatus.WAITING, null, null))
                        .signatureOf("tenant-7"))
                .isEmpty();
        assertThat(signed.is(new SignerStatus("SIGNED"))).isTrue();
    }

    @Test
    void noChangesHasNoSignatureJobId() {
        var noChanges = DirectJobStatusResponse.noChanges(null);

        assertThat(noChanges.is(DirectJobStatus.NO_CHANGES)).isTrue();
        assertThat(noChanges.confirmationReference()).isNull();
        assertThatThrownBy(noChanges::signatureJobId).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example/s,          https://api.example/s?status_query_token=tok%20%C3%A6%26%2B%2F%3D%25",
        "https://api.example/s?,         https://api.example/s?status_query_token=tok%20%C3%A6%26%2B%2F%3D%25",
        "https://api.example/s?x=%2Fy,   https://api.example/s?x=%2Fy&status_query_token=tok%20%C3%A6%26%2B%2F%3D%25",
        "https://api.example/s?x=y#z,    https://api.example/s?x=y&status_query_token=tok%20%C3%A6%26%2B%2F%3D%25",
    })
    void addsTokenAsQueryParameter(URI statusUrl, URI url) {
        assertThat(StatusReference.of(statusUrl)
                        .withStatusQueryToken("tok æ&+/=%")
                        .statusUrl())
                .isEqualTo(url);
        assertThat(StatusReference.ofUrl(statusUrl)
                        .withStatusQueryToken("tok æ&+/=%")
                        .statusUrl())
                .isEqualTo(url);
        assertThat(StatusReference.of(new DirectJobResponse(1, null, statusUrl, List.of()))
                        .withStatusQueryToken("tok æ&+/=%")
                        .statusUrl())
                .isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void rejectsBlankToken(String token) {
        assertThatThrownBy(() -> StatusReference.of(REDIRECT).withStatusQueryToken(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("status_query_token");
    }

    @Test
    void rejectsStatusReferenceOfPolledJob() {
        assertThatThrownBy(() -> StatusReference.of(response(BY_CUSTOM_IDENTIFIER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Job 17 has no status URL");
    }

    @Test
    void rejectsRelativeUrls() {
        assertThatThrownBy(() -> StatusReference.of(URI.create("/s"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignerUrl.of(URI.create("/s"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(WithSignerUrl.of(REDIRECT)).isEqualTo(SignerUrl.of(REDIRECT));
    }

    private static DirectJobResponse response(DirectSignerResponse... signers) {
        return new DirectJobResponse(17, null, null, List.of(signers));
    }

    private static DirectJobStatusResponse status(DirectSignature... signatures) {
        return DirectJobStatusResponse.builder(17, DirectJobStatus.IN_PROGRESS)
                .signatures(List.of(signatures))
                .build();
    }
}
