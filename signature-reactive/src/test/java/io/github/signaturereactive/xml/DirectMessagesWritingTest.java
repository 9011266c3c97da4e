package io.github.signaturereactive.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.direct.DirectDocument;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.direct.ExitUrls;
import io.github.signaturereactive.direct.StatusRetrievalMethod;
import io.github.signaturereactive.job.AuthenticationLevel;
import io.github.signaturereactive.job.DocumentType;
import io.github.signaturereactive.job.IdentifierInSignedDocuments;
import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SignatureType;
import io.github.signaturereactive.schemas.Examples;
import io.github.signaturereactive.schemas.Schemas;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xmlunit.assertj3.XmlAssert;

class DirectMessagesWritingTest {

    private static final Sender SENDER = new Sender("123456789");
    private static final String URLS = """
            <exit-urls><completion-url>https://sender.example/done?a=1&amp;b=%C3%B8</completion-url>\
            <rejection-url>https://sender.example/rejected</rejection-url>\
            <error-url>https://sender.example/failed</error-url></exit-urls>""";

    @Test
    void writesRequestWithoutOptions() {
        assertRequest("", URLS, "", job(b -> b), SENDER);
    }

    static Stream<Arguments> requests() {
        UnaryOperator<DirectJob.Builder> nothing = job -> job;
        return Stream.of(
                Arguments.of(
                        "a text reference",
                        "<reference>min-ref &lt;&amp;></reference>",
                        "",
                        job(b -> b.withReference("min-ref <&>")),
                        SENDER),
                Arguments.of(
                        "a UUID reference",
                        "<reference>00000000-0000-0001-0000-000000000002</reference>",
                        "",
                        job(b -> b.withReference(new UUID(1, 2))),
                        SENDER),
                Arguments.of(
                        "polling",
                        "",
                        "<status-retrieval-method>POLLING</status-retrieval-method>",
                        job(b -> b.retrieveStatusBy(StatusRetrievalMethod.POLLING)),
                        SENDER),
                Arguments.of(
                        "waiting for callback",
                        "",
                        "<status-retrieval-method>WAIT_FOR_CALLBACK</status-retrieval-method>",
                        job(b -> b.retrieveStatusBy(StatusRetrievalMethod.WAIT_FOR_CALLBACK)),
                        SENDER),
                Arguments.of(
                        "a queue",
                        "",
                        "<polling-queue>k\u00F8 &amp; 1</polling-queue>",
                        job(nothing),
                        new Sender("123456789", PollingQueue.of("k\u00F8 & 1"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void writesRequestWithOption(String what, String before, String after, DirectJob job, Sender sender) {
        assertRequest(before, URLS, after, job, sender);
    }

    private static void assertRequest(String before, String urls, String after, DirectJob job, Sender sender) {
        String request = new String(Messages.directJobRequest(job, sender), StandardCharsets.UTF_8);
        assertThat(request)
                .isEqualTo("<?xml version='1.0' encoding='UTF-8'?>"
                        + "<direct-signature-job-request xmlns=\"http://signering.posten.no/schema/v1\">" + before
                        + urls
                        + after + "</direct-signature-job-request>");
        assertValid(request);
    }

    @Test
    void writesSingleExitUrlThreeTimes() {
        var job = DirectJob.builder(
                        "Job",
                        DirectDocument.builder("Doc", new byte[0]).build(),
                        DirectSigner.withCustomIdentifier("customer-1").build(),
                        ExitUrls.singleExitUrl(URI.create("app://done")))
                .build();

        assertRequest(
                "",
                "<exit-urls><completion-url>app://done</completion-url><rejection-url>app://done</rejection-url>"
                        + "<error-url>app://done</error-url></exit-urls>",
                "",
                job,
                SENDER);
    }

    @Test
    void writesManifestWithoutOptions() {
        assertThat(manifest(job(b -> b))).isEqualTo("""
                <?xml version='1.0' encoding='UTF-8'?>\
                <direct-signature-job-manifest xmlns="http://signering.posten.no/schema/v1">\
                <signer><signer-identifier>customer-1</signer-identifier></signer>\
                <sender><organization-number>123456789</organization-number></sender>\
                <title>Job</title>\
                <documents><document href="file0.pdf" mime="application/pdf"><title>Doc</title></document></documents>\
                </direct-signature-job-manifest>""");
    }

    static Stream<Arguments> signers() {
        return Stream.of(
                Arguments.of(
                        "<personal-identification-number>12345678910</personal-identification-number>",
                        DirectSigner.withPersonalIdentificationNumber("12345678910")),
                Arguments.of(
                        "<signer-identifier> customer &lt;1></signer-identifier>",
                        DirectSigner.withCustomIdentifier(" customer <1>")),
                Arguments.of(
                        "<signer-identifier>x</signer-identifier>"
                                + "<signature-type>ADVANCED_ELECTRONIC_SIGNATURE</signature-type>",
                        DirectSigner.withCustomIdentifier("x").withSignatureType(SignatureType.ADVANCED_SIGNATURE)),
                Arguments.of(
                        "<signer-identifier>x</signer-identifier>"
                                + "<signature-type>AUTHENTICATED_ELECTRONIC_SIGNATURE</signature-type>",
                        DirectSigner.withCustomIdentifier("x")
                                .withSignatureType(SignatureType.AUTHENTICATED_SIGNATURE)),
                Arguments.of(
                        "<signer-identifier>x</signer-identifier><on-behalf-of>SELF</on-behalf-of>",
                        DirectSigner.withCustomIdentifier("x").onBehalfOf(OnBehalfOf.SELF)),
                Arguments.of(
                        "<signer-identifier>x</signer-identifier><on-behalf-of>OTHER</on-behalf-of>",
                        DirectSigner.withCustomIdentifier("x").onBehalfOf(OnBehalfOf.OTHER)));
    }

    @ParameterizedTest
    @MethodSource("signers")
    void writesSigner(String written, DirectSigner.Builder signer) {
        String manifest = manifest(DirectJob.builder(
                        "Job",
                        DirectDocument.builder("Doc", new byte[0]).build(),
                        signer.build(),
                        ExitUrls.singleExitUrl(URI.create("https://sender.example")))
                .build());

        assertThat(manifest).contains("v1\"><signer>" + written + "</signer><sender>");
        assertValid(manifest);
    }

    static Stream<Arguments> options() {
        return Stream.of(
                option("<description>Read this</description>", b -> b.withDescription("Read this")),
                option(
                        "<required-authentication>3</required-authentication>",
                        b -> b.requireAuthentication(AuthenticationLevel.THREE)),
                option(
                        "<required-authentication>4</required-authentication>",
                        b -> b.requireAuthentication(AuthenticationLevel.FOUR)),
                option(
                        "<identifier-in-signed-documents>NAME</identifier-in-signed-documents>",
                        b -> b.withIdentifierInSignedDocuments(IdentifierInSignedDocuments.NAME)),
                option(
                        "<identifier-in-signed-documents>DATE_OF_BIRTH_AND_NAME</identifier-in-signed-documents>",
                        b -> b.withIdentifierInSignedDocuments(IdentifierInSignedDocuments.DATE_OF_BIRTH_AND_NAME)));
    }

    @ParameterizedTest
    @MethodSource("options")
    void writesManifestWithOption(String written, UnaryOperator<DirectJob.Builder> option) {
        String manifest = manifest(job(option));

        assertThat(manifest.replace(written, "")).isEqualTo(manifest(job(b -> b)));
        assertThat(manifest).contains(written);
        assertValid(manifest);
    }

    @Test
    void writesExampleOfManifest() {
        var job = DirectJob.builder(
                        "Lease, Storgata 1",
                        List.of(
                                DirectDocument.builder("Lease", new byte[0]).build(),
                                DirectDocument.builder("House rules", new byte[0])
                                        .type(DocumentType.TXT)
                                        .build()),
                        List.of(
                                DirectSigner.withCustomIdentifier("tenant-7")
                                        .withSignatureType(SignatureType.AUTHENTICATED_SIGNATURE)
                                        .onBehalfOf(OnBehalfOf.SELF)
                                        .build(),
                                DirectSigner.withPersonalIdentificationNumber("12345678910")
                                        .build()),
                        ExitUrls.singleExitUrl(URI.create("https://utleie.example")))
                .withDescription("Please read both pages before you sign.")
                .requireAuthentication(AuthenticationLevel.THREE)
                .withIdentifierInSignedDocuments(IdentifierInSignedDocuments.DATE_OF_BIRTH_AND_NAME)
                .build();

        XmlAssert.assertThat(Messages.directJobManifest(job, SENDER, List.of("0000_lease.pdf", "0001_house_rules.txt")))
                .and(Examples.DIRECT_SIGNATURE_JOB_MANIFEST.bytes())
                .ignoreWhitespace()
                .areIdentical();
    }

    @Test
    void writesExampleOfRequest() {
        var job = DirectJob.builder(
                        "Lease",
                        DirectDocument.builder("Lease", new byte[0]).build(),
                        DirectSigner.withCustomIdentifier("tenant-7").build(),
                        ExitUrls.of(
                                URI.create("https://utleie.example/leases/2041/signed"),
                                URI.create("https://utleie.example/leases/2041/rejected"),
                                URI.create("https://utleie.example/leases/2041/failed")))
                .withReference("lease-2041")
                .retrieveStatusBy(StatusRetrievalMethod.POLLING)
                .build();

        XmlAssert.assertThat(Messages.directJobRequest(job, new Sender("123456789", PollingQueue.of("leases"))))
                .and(Examples.DIRECT_SIGNATURE_JOB_REQUEST.bytes())
                .ignoreWhitespace()
                .areIdentical();
    }

    @Test
    void writesSignerUpdateRequest() {
        String request = new String(Messages.directSignerUpdateRequest(), StandardCharsets.UTF_8);

        assertThat(request)
                .isEqualTo("<?xml version='1.0' encoding='UTF-8'?>"
                        + "<direct-signer-update-request xmlns=\"http://signering.posten.no/schema/v1\"><redirect-url/>"
                        + "</direct-signer-update-request>");
        assertValid(request);
    }

    @Test
    void rejectsMissingFileNames() {
        assertThatThrownBy(() -> Messages.directJobManifest(job(b -> b), SENDER, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are 1 documents, but 0 file names");
    }

    private static Arguments option(String written, UnaryOperator<DirectJob.Builder> option) {
        return Arguments.of(written, option);
    }

    private static void assertValid(String xml) {
        assertThatCode(() -> Schemas.MESSAGES.validate(xml.getBytes(StandardCharsets.UTF_8)))
                .doesNotThrowAnyException();
    }

    private static DirectJob job(UnaryOperator<DirectJob.Builder> more) {
        return more.apply(DirectJob.builder(
                        "Job",
                        DirectDocument.builder("Doc", new byte[0]).build(),
                        DirectSigner.withCustomIdentifier("customer-1").build(),
                        ExitUrls.of(
                                URI.create("https://sender.example/done?a=1&b=ø"),
                                URI.create("https://sender.example/rejected"),
                                URI.create("https://sender.example/failed"))))
                .build();
    }

    private static String manifest(DirectJob job) {
        List<String> names = IntStream.range(0, job.documents().size())
                .mapToObj(i -> "file" + i + ".pdf")
                .toList();
        return new String(Messages.directJobManifest(job, SENDER, names), StandardCharsets.UTF_8);
    }
}
