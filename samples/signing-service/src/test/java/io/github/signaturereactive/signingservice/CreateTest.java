package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.schemas.Examples;
import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.github.signaturereactive.signingservice.protocol.Operation;
import io.github.signaturereactive.signingservice.signature.BundleEntry;
import io.github.signaturereactive.signingservice.signature.ReceivedBundle;
import io.github.signaturereactive.signingservice.signature.Sha256;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CreateTest {

    private static final SetClock CLOCK = SetClock.now();

    private static SigningService service;
    private static RawClient client;

    @BeforeAll
    static void start() {
        service = SigningService.builder()
                .clock(CLOCK)
                .documentLimit(1000)
                .authorizeBroker("987654321", "123456789")
                .privateOrganization("111111111")
                .start();
        client = RawClient.of(service);
    }

    @AfterAll
    static void close() {
        service.close();
    }

    private static TestBundle bundle() {
        return TestBundle.by(service.clientCertificate(), CLOCK.instant());
    }

    @Test
    void aRightBundleMakesAJobAndTellsWhatWasReceived() {
        byte[] zip = bundle().zip();

        RawClient.Answered answer = client.create(zip);

        assertThat(answer.status()).isEqualTo(200);
        long id = Long.parseLong(answer.element("signature-job-id"));
        assertThat(answer.element("cancellation-url")).startsWith(service.url() + "/123456789/portal/");
        ReceivedBundle received = service.jobs().get(id).received();
        assertThat(received.entries())
                .extracting(BundleEntry::name)
                .containsExactly("minutes.txt", "manifest.xml", "META-INF/signatures.xml");
        assertThat(received.entry("minutes.txt"))
                .isEqualTo(new BundleEntry("minutes.txt", 7, Sha256.hex("We met.".getBytes(UTF_8))));
        assertThat(received.entry("META-INF/signatures.xml").sha256()).isEqualTo(Sha256.hex(received.signaturesXml()));
        assertThat(received.manifestXml()).asString(UTF_8).isEqualTo(TestBundle.MANIFEST);
        assertThat(received.requestXml()).asString(UTF_8).isEqualTo(RawClient.REQUEST);
        assertThat(received.file()).hasBinaryContent(zip);
    }

    @Test
    void thePartsMayComeInAnyOrderAndWithContentDisposition() {
        RawClient.Answered answer = client.create(
                new RawClient.Part(
                        "Content-Disposition: attachment\r\ncontent-type: application/octet-stream; x=y",
                        bundle().zip()),
                new RawClient.Part(
                        "Content-Type: application/xml; charset=utf-8\r\nContent-Disposition: attachment",
                        RawClient.REQUEST.getBytes(UTF_8)));

        assertThat(answer.status()).isEqualTo(200);
    }

    static Stream<Arguments> wrongBundles() {
        return Stream.of(
                wrong("There must be no entry mimetype", b -> b.afterwards("mimetype", "application/zip")),
                wrong("nothing in META-INF but", b -> b.afterwards("META-INF/manifest.xml", "<manifest/>")),
                wrong("nothing in META-INF but", b -> b.afterwards("META-INF/signatures2.xml", "<x/>")),
                wrong("There is no META-INF/signatures.xml", b -> b.without("META-INF/signatures.xml")),
                wrong("There is no manifest.xml", b -> b.without("manifest.xml")),
                wrong("names minutes.txt, which is not in the bundle", b -> b.without("minutes.txt")),
                wrong("does not name [extra.txt]", b -> b.signed("extra.txt", new byte[1])),
                wrong(
                        "does not cover [minutes.txt]",
                        b -> b.signedInfo(info -> info.replaceFirst("<Reference Id=\"ID_0\".*?</Reference>", ""))),
                wrong(
                        "refers to minutes.txt twice",
                        b -> b.signedInfo(
                                info -> info.replaceFirst("(<Reference Id=\"ID_)0(\".*?</Reference>)", "$10$2$19$2"))),
                wrong(
                        "must have no transforms",
                        b -> b.signedInfo(info -> info.replaceFirst(
                                "URI=\"minutes.txt\">",
                                "URI=\"minutes.txt\"><Transforms><Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#base64\">"
                                        + "</Transform></Transforms>"))),
                wrong("The digest of minutes.txt does not match", b -> b.afterwards("minutes.txt", "We met?")),
                wrong(
                        "The digest of #SignedProperties does not match",
                        b -> b.signatures(xml -> xml.replaceFirst("<SigningTime>", "<SigningTime> "))),
                wrong(
                        "The signature value does not verify",
                        b -> b.signatures(xml -> xml.replaceFirst("<SignatureValue>....", "<SignatureValue>AAAA"))),
                wrong(
                        "must refer to its SignedProperties once",
                        b -> b.signedInfo(info -> info.replaceFirst("<Reference Type.*</Reference>", ""))),
                wrong(
                        "The canonicalization of SignedInfo must be one of",
                        b -> b.signedInfo(info ->
                                info.replaceFirst("REC-xml-c14n-20010315", "REC-xml-c14n-20010315#WithComments"))),
                wrong(
                        "The canonicalization of #SignedProperties must be one of",
                        b -> b.signedInfo(info -> info.replaceFirst(
                                "Transform Algorithm=\"[^\"]*",
                                "Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#"))),
                wrong(
                        "one DataObjectFormat with a MimeType for minutes.txt",
                        b -> b.properties(p -> p.replaceFirst(
                                "<DataObjectFormat ObjectReference=\"#ID_0\">.*?</DataObjectFormat>", ""))),
                wrong(
                        "one DataObjectFormat with a MimeType for manifest.xml",
                        b -> b.properties(p -> p.replace("#ID_1", "#ID_7"))),
                wrong("must be of type", b -> b.signedInfo(info -> info.replaceFirst(" Type=\"[^\"]*\"", ""))),
                wrong(
                        "The digest of minutes.txt must be SHA-256",
                        b -> b.signedInfo(info -> info.replaceFirst(
                                "http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2001/04/xmlenc#sha512"))),
                wrong(
                        "The signature method must be",
                        b -> b.signedInfo(
                                info -> info.replaceFirst("xmldsig-more#rsa-sha256", "xmldsig-more#rsa-sha512"))),
                wrong(
                        "No certificate in KeyInfo is the SigningCertificate",
                        b -> b.properties(p -> p.replaceFirst("<ns2:DigestValue>....", "<ns2:DigestValue>AAAA"))),
                wrong(
                        "No certificate in KeyInfo is the SigningCertificate",
                        b -> b.properties(p -> p.replaceFirst("(<ns2:X509SerialNumber>)", "$11"))),
                wrong("must be SHA-1", b -> b.properties(p -> p.replace("xmldsig#sha1", "xmldsig#sha2"))),
                wrong("META-INF/signatures.xml: line", b -> b.signatures(xml -> xml.replace("Signature", "Sign"))),
                wrong("more than 5 seconds", b -> b.signingTime(CLOCK.instant().plusSeconds(6))),
                wrong("more than 5 seconds", b -> b.signingTime(CLOCK.instant().minusMillis(5001))),
                wrong("the limit is 1000 bytes", b -> b.signed("minutes.txt", new byte[1001])),
                wrong("sender is 987654321", b -> b.manifest(m -> m.replace("123456789<", "987654321<"))),
                wrong(
                        "minutes.txt is not a PDF of version 1.1 to 1.7",
                        b -> b.manifest(m -> m.replace("text/plain", "application/pdf"))),
                wrong(
                        "minutes.txt is not a PDF of version 1.1 to 1.7",
                        b -> b.manifest(m -> m.replace("text/plain", "application/pdf"))
                                .signed("minutes.txt", "%PDF-2.0".getBytes(UTF_8))),
                wrong("is of type image/png", b -> b.manifest(m -> m.replace("text/plain", "image/png"))),
                wrong(
                        "the limit is 7776000",
                        b -> b.manifest(
                                m -> m.replace(
                                        "</documents>",
                                        "</documents><availability><available-seconds>7776001</available-seconds></availability>"))),
                wrong(
                        "does not go together with notifications-using-lookup",
                        b -> b.manifest(m -> m.replaceFirst(
                                "<notifications>.*</notifications>",
                                "<notifications-using-lookup><email/></notifications-using-lookup>"
                                        + "<on-behalf-of>OTHER</on-behalf-of>"))),
                wrong(
                        "notifications-using-lookup needs a personal",
                        b -> b.manifest(m -> m.replaceFirst(
                                        "<personal-identification-number>.*</personal-identification-number>",
                                        "<identified-by-contact-information/>")
                                .replaceFirst(
                                        "<notifications>.*</notifications>",
                                        "<notifications-using-lookup><email/></notifications-using-lookup>"))),
                wrong(
                        "needs every signer to be identified by",
                        b -> b.manifest(m -> m.replaceFirst(
                                        "<personal-identification-number>.*</personal-identification-number>",
                                        "<identified-by-contact-information/>")
                                .replace(
                                        "</documents>",
                                        "</documents><identifier-in-signed-documents>PERSONAL_IDENTIFICATION_NUMBER_AND_NAME"
                                                + "</identifier-in-signed-documents>"))));
    }

    private static Arguments wrong(String reason, UnaryOperator<TestBundle> mistake) {
        return Arguments.of(reason, mistake);
    }

    @ParameterizedTest
    @MethodSource("wrongBundles")
    void aWrongBundleIsRefusedWithTheReason(String reason, UnaryOperator<TestBundle> mistake) {
        RawClient.Answered answer = client.create(mistake.apply(bundle()).zip());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/xml");
        assertThat(answer.errorMessage()).contains(reason);
        assertThat(answer.errorCode()).isEqualTo("ASICE_VALIDATION_FAILED");
    }

    @Test
    void aSigningTimeJustWithinToleranceIsAccepted() {
        Instant earliest = CLOCK.instant().minus(Duration.ofSeconds(5));

        assertThat(client.create(bundle().signingTime(earliest).zip()).status()).isEqualTo(200);
    }

    @Test
    void aBundleThatIsNoZipIsRefused() {
        RawClient.Answered answer = client.create("PK, but no zip".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorMessage()).contains("not a readable zip");
    }

    @Test
    void aManifestAgainstTheSchemaIsRefused() {
        RawClient.Answered answer =
                client.create(bundle().manifest(m -> m.replace("<title>Minutes</title><doc", "<doc"))
                        .zip());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("SCHEMA_VALIDATION_ERROR");
        assertThat(answer.errorMessage()).contains("manifest.xml").contains("title");
    }

    @Test
    void aRequestAgainstTheSchemaIsRefused() {
        String tooLong = RawClient.REQUEST.replace(
                "/>", "><reference>" + "x".repeat(51) + "</reference></portal-signature-job-request>");

        RawClient.Answered answer = client.create(RawClient.Part.xml(tooLong), RawClient.Part.bundle(bundle().zip()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("SCHEMA_VALIDATION_ERROR");
        assertThat(answer.errorMessage()).contains("reference");
    }

    @Test
    void aRequestOfTheOtherFlowIsRefused() {
        String direct = new String(Examples.DIRECT_SIGNATURE_JOB_REQUEST.bytes(), UTF_8);

        RawClient.Answered answer = client.create(RawClient.Part.xml(direct), RawClient.Part.bundle(bundle().zip()));

        assertThat(answer.errorMessage()).contains("is a direct-signature-job-request");
    }

    @Test
    void aBundleSignedByAnotherThanTheCallerIsRefused() {
        ClientCertificate other = service.issueClientCertificate("987654321");

        RawClient.Answered answer =
                client.create(TestBundle.by(other, CLOCK.instant()).zip());

        assertThat(answer.errorMessage()).contains("signed by organization 987654321 but sent by 123456789");
    }

    @Test
    void aBundleSignedWithAnUntrustedCertificateIsRefused() {
        ClientCertificate unknown = service.issueUnknownClientCertificate("123456789");

        RawClient.Answered answer =
                client.create(TestBundle.by(unknown, CLOCK.instant()).zip());

        assertThat(answer.errorMessage()).contains("certificate is not trusted");
    }

    @Test
    void aBundleSignedWithAnExpiredCertificateIsRefused() {
        ClientCertificate expired = service.issueExpiredClientCertificate("123456789");

        RawClient.Answered answer =
                client.create(TestBundle.by(expired, CLOCK.instant()).zip());

        assertThat(answer.errorMessage()).contains("certificate is not trusted");
    }

    @Test
    void anAuthorizedBrokerCreatesForTheSenderAndSignsItself() {
        ClientCertificate broker = service.issueClientCertificate("987654321");

        RawClient.Answered answer = RawClient.of(service, broker)
                .create(TestBundle.by(broker, CLOCK.instant()).zip());

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aBodyWithoutTheLastDelimiterIsNoCompleteRequest() {
        int complete = service.observations().completeRequests(Operation.CREATE);
        byte[] whole =
                RawClient.multipart(RawClient.Part.xml(RawClient.REQUEST), RawClient.Part.bundle(bundle().zip()));
        byte[] cut = Arrays.copyOf(whole, whole.length - 10);

        RawClient.Answered answer = client.send(
                HttpMethod.POST, "/123456789/portal/signature-jobs", "multipart/mixed; boundary=frontier", cut);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorMessage()).contains("last delimiter");
        assertThat(service.observations().completeRequests(Operation.CREATE)).isEqualTo(complete);
    }

    @Test
    void pdfHeaderMayBePrecededByOtherBytes() {
        byte[] zip = bundle().manifest(m -> m.replace("text/plain", "application/pdf"))
                .signed("minutes.txt", "\n\n%PDF-1.1".getBytes(UTF_8))
                .zip();

        assertThat(client.create(zip).status()).isEqualTo(200);
    }

    @Test
    void canonicalXml11IsAccepted() {
        byte[] zip = bundle().signedInfo(info -> info.replace(
                        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2006/12/xml-c14n11"))
                .zip();

        assertThat(client.create(zip).status()).isEqualTo(200);
    }

    @Test
    void partsOfTheSameTypeAreRefused() {
        byte[] zip = bundle().zip();

        RawClient.Answered bundles = client.create(
                RawClient.Part.bundle(new byte[0]), RawClient.Part.xml(RawClient.REQUEST), RawClient.Part.bundle(zip));
        RawClient.Answered requests = client.create(
                RawClient.Part.xml(""), RawClient.Part.xml(RawClient.REQUEST), RawClient.Part.bundle(zip));

        assertThat(bundles.errorMessage()).isEqualTo("There are two parts of type application/octet-stream");
        assertThat(requests.errorMessage()).isEqualTo("There are two parts of type application/xml");
    }

    @Test
    void aPartThatIsMissingIsNamed() {
        assertThat(client.create(RawClient.Part.xml(RawClient.REQUEST)).errorMessage())
                .contains("application/octet-stream");
        assertThat(client.create(RawClient.Part.bundle(bundle().zip())).errorMessage())
                .contains("application/xml");
    }

    @Test
    void somethingElseThanMultipartMixedIsRefused() {
        RawClient.Answered answer = client.send(
                HttpMethod.POST,
                "/123456789/portal/signature-jobs",
                "application/xml",
                RawClient.REQUEST.getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(415);
    }

    static Stream<Arguments> notForPrivateOrganizations() {
        String lookup = "<notifications-using-lookup><email/></notifications-using-lookup>";
        return Stream.of(
                Arguments.of("lookup is for public", "<notifications>.*</notifications>", lookup),
                Arguments.of(
                        "advanced electronic signatures only",
                        "<notifications>",
                        "<signature-type>AUTHENTICATED_ELECTRONIC_SIGNATURE</signature-type><notifications>"),
                Arguments.of(
                        "level 4 only",
                        "</documents>",
                        "</documents><required-authentication>3</required-authentication>"),
                Arguments.of(
                        "cannot have NAME alone",
                        "</documents>",
                        "</documents><identifier-in-signed-documents>NAME</identifier-in-signed-documents>"));
    }

    @ParameterizedTest
    @MethodSource("notForPrivateOrganizations")
    void aPrivateOrganizationIsRefusedWhatIsForPublicOnes(String reason, String find, String replace) {
        ClientCertificate certificate = service.issueClientCertificate("111111111");
        byte[] zip = TestBundle.by(certificate, CLOCK.instant())
                .manifest(m -> m.replace("123456789", "111111111").replaceFirst(find, replace))
                .zip();

        RawClient.Answered answer = RawClient.of(service, certificate)
                .send(
                        HttpMethod.POST,
                        "/111111111/portal/signature-jobs",
                        "multipart/mixed; boundary=frontier",
                        RawClient.multipart(RawClient.Part.xml(RawClient.REQUEST), RawClient.Part.bundle(zip)));

        assertThat(answer.errorMessage()).contains(reason);
        assertThat(answer.errorCode()).isEqualTo("FEATURE_NOT_AVAILABLE");
    }
}
