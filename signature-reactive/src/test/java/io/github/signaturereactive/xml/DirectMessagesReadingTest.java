package io.github.signaturereactive.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.signaturereactive.direct.DirectJobResponse;
import io.github.signaturereactive.direct.DirectJobStatus;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.direct.DirectSignature;
import io.github.signaturereactive.direct.DirectSignerResponse;
import io.github.signaturereactive.direct.SignerStatus;
import io.github.signaturereactive.direct.SignerUrl;
import io.github.signaturereactive.job.XAdESReference;
import io.github.signaturereactive.schemas.Examples;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectMessagesReadingTest {

    private static final String NAMESPACE = "xmlns=\"http://signering.posten.no/schema/v1\"";
    private static final String JOB = "https://api.signering.example/api/123456789/direct/signature-jobs/4100/";
    private static final URI XADES = URI.create("https://example.com/xades");

    @Test
    void readsExampleOfJobResponse() {
        DirectJobResponse response = Messages.readDirectJobResponse(Examples.DIRECT_SIGNATURE_JOB_RESPONSE.bytes());

        assertThat(response.signatureJobId()).isEqualTo(4100);
        assertThat(response.reference()).isEqualTo("lease-2041");
        assertThat(response.statusUrl()).isEqualTo(URI.create(JOB + "status"));
        assertThat(response.signers())
                .containsExactly(new DirectSignerResponse(
                        null,
                        "tenant-7",
                        SignerUrl.of(URI.create(JOB + "signers/1")),
                        URI.create("https://signering.example/redirect/#/a1")));
    }

    @Test
    void readsExampleOfSignerResponse() {
        DirectSignerResponse signer = Messages.readDirectSignerResponse(Examples.DIRECT_SIGNER_RESPONSE.bytes());

        assertThat(signer.identifier()).isEqualTo("tenant-7");
        assertThat(signer.redirectUrl()).hasToString("https://signering.example/redirect/#/a2");
        assertThat(signer.signerUrl().url()).isEqualTo(URI.create(JOB + "signers/1"));
    }

    @Test
    void readsExampleOfStatusResponse() {
        DirectJobStatusResponse status =
                Messages.readDirectJobStatus(Examples.DIRECT_SIGNATURE_JOB_STATUS_RESPONSE.bytes(), null);

        assertThat(status.signatureJobId()).isEqualTo(4100);
        assertThat(status.status()).isEqualTo(DirectJobStatus.FAILED);
        assertThat(status.reference()).isEqualTo("lease-2041");
        assertThat(status.confirmationReference().url()).isEqualTo(URI.create(JOB + "complete"));
        assertThat(status.deleteDocumentsUrl()).isNull();
        assertThat(status.isPAdESAvailable()).isFalse();
        assertThat(status.signatures())
                .containsExactly(
                        new DirectSignature(
                                "tenant-7",
                                SignerStatus.SIGNED,
                                OffsetDateTime.parse("2026-03-02T09:15:00.250+01:00"),
                                XAdESReference.of(URI.create(JOB + "xades/1"))),
                        new DirectSignature(
                                "12345678910",
                                SignerStatus.REJECTED,
                                OffsetDateTime.parse("2026-03-02T10:00:00+01:00"),
                                null));
    }

    static Stream<Arguments> signerStatuses() {
        return Stream.of(
                        SignerStatus.WAITING,
                        SignerStatus.REJECTED,
                        SignerStatus.EXPIRED,
                        SignerStatus.FAILED,
                        SignerStatus.SIGNED,
                        SignerStatus.SIGNERS_NAME_NOT_AVAILABLE,
                        SignerStatus.NOT_APPLICABLE)
                .map(status -> Arguments.of(status.value(), status));
    }

    @ParameterizedTest
    @MethodSource("signerStatuses")
    void readsAllSignerStatuses(String written, SignerStatus status) {
        assertThat(read(status("<status>" + written + "</status>"))
                        .signatures()
                        .get(0)
                        .is(status))
                .isTrue();
    }

    @Test
    void readsAllJobStatuses() {
        Map.of(
                        "IN_PROGRESS", DirectJobStatus.IN_PROGRESS,
                        "COMPLETED_SUCCESSFULLY", DirectJobStatus.COMPLETED_SUCCESSFULLY,
                        "FAILED", DirectJobStatus.FAILED)
                .forEach((written, status) -> assertThat(
                                read(status("").replace("IN_PROGRESS", written)).is(status))
                        .isTrue());
    }

    @Test
    void ignoresUnknownElementsAndKeepsUnknownStatuses() {
        DirectJobStatusResponse status = read("""
                <ns4:direct-signature-job-status-response xmlns:ns4="http://signering.posten.no/schema/v1"
                        xmlns:ns2="http://uri.etsi.org/01903/v1.3.2#" xmlns:o="urn:other" version="7">
                    <o:signature-job-id>1</o:signature-job-id>
                    <ns4:news><ns4:status signer="a">IGNORED</ns4:status></ns4:news>
                    <ns4:status signer=" b " o:signer="c" since="2026-03-01T12:30:00Z" more="x">
                        UNKNOWN<!-- a comment -->_OF
                    </ns4:status>
                    <ns4:signature-job-id> 42 </ns4:signature-job-id>
                    <ns4:signature-job-status>OTHER_STATUS</ns4:signature-job-status>
                    <ns4:status signer="a" since="soon">SIGNED</ns4:status>
                    <ns4:confirmation-url>
                        https://example.com/portal/confirm?a=1&amp;b=%20
                    </ns4:confirmation-url>
                    <ns4:xades-url signer="a">
                        https://example.com/xades
                    </ns4:xades-url>
                    <ns4:pades-url>https://example.com/pades</ns4:pades-url>
                    <ns4:delete-documents-url>https://example.com/delete</ns4:delete-documents-url>
                </ns4:direct-signature-job-status-response>
                """);

        assertThat(status.signatureJobId()).isEqualTo(42);
        assertThat(status.status()).isEqualTo(new DirectJobStatus("OTHER_STATUS"));
        assertThat(status.reference()).isNull();
        assertThat(status.confirmationReference().url())
                .isEqualTo(URI.create("https://example.com/portal/confirm?a=1&b=%20"));
        assertThat(status.pAdESUrl().url()).isEqualTo(URI.create("https://example.com/pades"));
        assertThat(status.deleteDocumentsUrl().url()).isEqualTo(URI.create("https://example.com/delete"));
        assertThat(status.signatures())
                .containsExactly(
                        new DirectSignature(
                                "b",
                                new SignerStatus("UNKNOWN_OF"),
                                OffsetDateTime.parse("2026-03-01T12:30:00Z"),
                                null),
                        new DirectSignature("a", SignerStatus.SIGNED, null, XAdESReference.of(XADES)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"o:signer='b' signer='a'", "signer='a' o:signer='b'"})
    void ignoresAttributesOfOtherNamespaces(String attributes) {
        assertThat(read(status("<status xmlns:o='urn:other' " + attributes + ">SIGNED</status>"))
                        .signatures()
                        .get(0)
                        .signer())
                .isEqualTo("a");
    }

    @Test
    void readsStatusWithoutOptionalElements() {
        assertThat(read(status("<confirmation-url/><status/>"))).satisfies(status -> {
            assertThat(status.confirmationReference()).isNull();
            assertThat(status.signatures())
                    .containsExactly(new DirectSignature(null, new SignerStatus(""), null, null));
        });
        assertThat(read(status("")).signatures()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<status>SIGNED</status><xades-url>https://example.com/xades</xades-url>",
                "<status signer='a'>SIGNED</status><xades-url>https://example.com/xades</xades-url>",
                "<status>SIGNED</status><xades-url signer='a'>https://example.com/xades</xades-url>",
                "<status signer='a'>SIGNED</status><xades-url signer='a'>https://example.com/xades</xades-url>"
            })
    void xadesUrlBelongsToOnlySigner(String status) {
        assertThat(read(status(status)).signatureOf("a").orElseThrow().xAdESUrl())
                .isEqualTo(XAdESReference.of(XADES));
    }

    @Test
    void ignoresXadesUrlWithoutSignerIfThereAreSeveralSigners() {
        var status = read(status("<status signer='a'>SIGNED</status><status>SIGNED</status>"
                + "<xades-url>https://example.com/xades</xades-url>"
                + "<xades-url signer='b'>https://example.com/xades</xades-url>"));

        assertThat(status.signatures()).extracting(DirectSignature::xAdESUrl).containsOnlyNulls();
    }

    @Test
    void readsSignerWithPersonalIdentificationNumber() {
        var signer = Messages.readDirectSignerResponse(bytes("<direct-signer-response " + NAMESPACE
                + " href=' https://example.com/signers/1 '><personal-identification-number>12345678910"
                + "</personal-identification-number><redirect-url>\n https://signering.posten.no#/redirect/%C3%B8/T?x=1 \n"
                + "</redirect-url></direct-signer-response>"));

        assertThat(signer)
                .isEqualTo(new DirectSignerResponse(
                        "12345678910",
                        null,
                        SignerUrl.of(URI.create("https://example.com/signers/1")),
                        URI.create("https://signering.posten.no#/redirect/%C3%B8/T?x=1")));
    }

    @Test
    void readsDeprecatedRedirectUrlsWithoutSigners() {
        DirectJobResponse response = Messages.readDirectJobResponse(bytes("<direct-signature-job-response " + NAMESPACE
                + "><signature-job-id>1</signature-job-id>"
                + "<redirect-url signer='12345678910'>https://signering.example/#/1</redirect-url>"
                + "<redirect-url signer='tenant-7'>https://signering.example/#/2</redirect-url>"
                + "<redirect-url>https://signering.example/#/3</redirect-url></direct-signature-job-response>"));

        assertThat(response.statusUrl()).isNull();
        assertThat(response.signers())
                .containsExactly(
                        new DirectSignerResponse(
                                "12345678910", null, null, URI.create("https://signering.example/#/1")),
                        new DirectSignerResponse(null, "tenant-7", null, URI.create("https://signering.example/#/2")),
                        new DirectSignerResponse(null, null, null, URI.create("https://signering.example/#/3")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<redirectUrl>https://signering.example/#/1</redirectUrl>", "<signer/>"})
    void readsJobResponseWithoutSigners(String signers) {
        DirectJobResponse response = Messages.readDirectJobResponse(bytes("<direct-signature-job-response " + NAMESPACE
                + "><signature-job-id>1</signature-job-id>" + signers + "</direct-signature-job-response>"));

        assertThat(response.signatureJobId()).isOne();
        assertThat(response.signers()).isIn(List.of(), List.of(new DirectSignerResponse(null, null, null, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/relative", "https://example.com/a b", "12345678910", "https://["})
    void errorNamesElementOfInvalidUrl(String url) {
        for (String element : List.of("confirmation-url", "delete-documents-url", "pades-url", "xades-url")) {
            var failure = unreadable(status("<status>SIGNED</status><" + element + ">" + url + "</" + element + ">"));

            assertThat(failure)
                    .hasMessage("The message cannot be read as <direct-signature-job-status-response>: <" + element
                            + "> is not an absolute URL");
            assertThat(failure.signatureJobId()).isEqualTo(42);
        }
        for (String part : List.of(
                "<status-url>" + url + "</status-url>",
                "<signer href='" + url + "'/>",
                "<signer><redirect-url>" + url + "</redirect-url></signer>",
                "<redirect-url>" + url + "</redirect-url>")) {
            assertThatThrownBy(() -> Messages.readDirectJobResponse(bytes("<direct-signature-job-response " + NAMESPACE
                            + "><signature-job-id>42</signature-job-id>" + part
                            + "</direct-signature-job-response>")))
                    .isInstanceOfSatisfying(
                            UnreadableMessageException.class,
                            failure -> assertThat(failure.signatureJobId()).isEqualTo(42))
                    .hasMessageEndingWith("> is not an absolute URL")
                    .hasMessageNotContaining(url);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<signature-job-id>1</signature-job-id>", "<signature-job-status/>"})
    void rejectsStatusWithoutRequiredElements(String content) {
        assertThatThrownBy(() -> read("<direct-signature-job-status-response " + NAMESPACE + ">" + content
                        + "</direct-signature-job-status-response>"))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("is missing");
    }

    @Test
    void rejectsOtherRootElementAndDoctype() {
        assertThatThrownBy(() -> read(new String(Examples.ERROR.bytes(), StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageEndingWith("it has another root element");
        assertThat(unreadable("<!DOCTYPE x []>" + status(""))).hasMessageContaining("DOCTYPE");
    }

    private static String status(String more) {
        return "<direct-signature-job-status-response " + NAMESPACE + "><signature-job-id>42</signature-job-id>"
                + "<signature-job-status>IN_PROGRESS</signature-job-status>" + more
                + "</direct-signature-job-status-response>";
    }

    private static DirectJobStatusResponse read(String xml) {
        return Messages.readDirectJobStatus(bytes(xml), null);
    }

    private static UnreadableMessageException unreadable(String xml) {
        return catchThrowableOfType(UnreadableMessageException.class, () -> read(xml));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
