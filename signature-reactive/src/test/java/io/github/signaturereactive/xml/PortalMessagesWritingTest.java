package io.github.signaturereactive.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.AuthenticationLevel;
import io.github.signaturereactive.job.DocumentType;
import io.github.signaturereactive.job.IdentifierInSignedDocuments;
import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SignatureType;
import io.github.signaturereactive.portal.Notifications;
import io.github.signaturereactive.portal.NotificationsUsingLookup;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.schemas.Schemas;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmlunit.assertj3.XmlAssert;

class PortalMessagesWritingTest {

    private static final Sender SENDER = new Sender("123456789");

    @Test
    void writesRequestWithoutOptions() {
        assertThat(request(job(b -> b), SENDER))
                .isEqualTo("<?xml version='1.0' encoding='UTF-8'?>"
                        + "<portal-signature-job-request xmlns=\"http://signering.posten.no/schema/v1\"/>");
    }

    @Test
    void writesReferenceAndQueueOfRequest() {
        PortalJob job = job(b -> b.withReference("min-r\u00E9f <&>"));

        assertThat(request(job, new Sender("123456789", PollingQueue.of("k\u00F8 & 1"))))
                .isEqualTo("<?xml version='1.0' encoding='UTF-8'?>"
                        + "<portal-signature-job-request xmlns=\"http://signering.posten.no/schema/v1\">"
                        + "<reference>min-r\u00E9f &lt;&amp;></reference><polling-queue>k\u00F8 &amp; 1</polling-queue>"
                        + "</portal-signature-job-request>");
    }

    @Test
    void writesManifestWithoutOptions() {
        assertThat(manifest(job(b -> b))).isEqualTo("""
                <?xml version='1.0' encoding='UTF-8'?>\
                <portal-signature-job-manifest xmlns="http://signering.posten.no/schema/v1">\
                <signers><signer><personal-identification-number>12345678910</personal-identification-number>\
                <notifications-using-lookup><email/></notifications-using-lookup></signer></signers>\
                <sender><organization-number>123456789</organization-number></sender>\
                <title>Job</title>\
                <documents><document href="file0.pdf" mime="application/pdf"><title>Doc</title></document></documents>\
                </portal-signature-job-manifest>""");
    }

    @Test
    void writesManifestWithAllOptions() {
        PortalJob job = PortalJob.builder(
                        "Job",
                        List.of(
                                PortalDocument.builder("One", new byte[0]).build(),
                                PortalDocument.builder("Two", new byte[0])
                                        .type(DocumentType.TXT)
                                        .build()),
                        List.of(
                                PortalSigner.identifiedByPersonalIdentificationNumber(
                                                "12345678910", NotificationsUsingLookup.EMAIL_AND_SMS)
                                        .withOrder(0)
                                        .withSignatureType(SignatureType.AUTHENTICATED_SIGNATURE)
                                        .onBehalfOf(OnBehalfOf.SELF)
                                        .build(),
                                PortalSigner.identifiedByPersonalIdentificationNumber(
                                                "10987654321",
                                                Notifications.builder()
                                                        .withEmailTo("a@example.com")
                                                        .withSmsTo("+4799999999")
                                                        .build())
                                        .withOrder(9)
                                        .withSignatureType(SignatureType.ADVANCED_SIGNATURE)
                                        .onBehalfOf(OnBehalfOf.OTHER)
                                        .build(),
                                PortalSigner.identifiedByMobileNumber("99999999")
                                        .build(),
                                PortalSigner.identifiedByEmailAndMobileNumber("\"b\" <b@example.com>", "99999998")
                                        .build()))
                .withNonsensitiveTitle("Neutral")
                .withDescription("Read this")
                .requireAuthentication(AuthenticationLevel.THREE)
                .withActivationTime(OffsetDateTime.parse("2026-03-01T08:00+01:00"))
                .availableFor(Duration.ofDays(2).plusMillis(999))
                .withIdentifierInSignedDocuments(IdentifierInSignedDocuments.DATE_OF_BIRTH_AND_NAME)
                .build();

        XmlAssert.assertThat(manifest(job)).and("""
                <portal-signature-job-manifest xmlns="http://signering.posten.no/schema/v1">
                    <signers>
                        <signer order="0">
                            <personal-identification-number>12345678910</personal-identification-number>
                            <signature-type>AUTHENTICATED_ELECTRONIC_SIGNATURE</signature-type>
                            <notifications-using-lookup><email/><sms/></notifications-using-lookup>
                            <on-behalf-of>SELF</on-behalf-of>
                        </signer>
                        <signer order="9">
                            <personal-identification-number>10987654321</personal-identification-number>
                            <signature-type>ADVANCED_ELECTRONIC_SIGNATURE</signature-type>
                            <notifications><email address="a@example.com"/><sms number="+4799999999"/></notifications>
                            <on-behalf-of>OTHER</on-behalf-of>
                        </signer>
                        <signer>
                            <identified-by-contact-information/>
                            <notifications><sms number="99999999"/></notifications>
                        </signer>
                        <signer>
                            <identified-by-contact-information/>
                            <notifications>
                                <email address="&quot;b&quot; &lt;b@example.com&gt;"/><sms number="99999998"/>
                            </notifications>
                        </signer>
                    </signers>
                    <sender><organization-number>123456789</organization-number></sender>
                    <title>Job</title>
                    <nonsensitive-title>Neutral</nonsensitive-title>
                    <description>Read this</description>
                    <documents>
                        <document href="file0.pdf" mime="application/pdf"><title>One</title></document>
                        <document href="file1.pdf" mime="text/plain"><title>Two</title></document>
                    </documents>
                    <required-authentication>3</required-authentication>
                    <availability>
                        <activation-time>2026-03-01T08:00:00+01:00</activation-time>
                        <available-seconds>172800</available-seconds>
                    </availability>
                    <identifier-in-signed-documents>DATE_OF_BIRTH_AND_NAME</identifier-in-signed-documents>
                </portal-signature-job-manifest>
                """).ignoreWhitespace().areIdentical();
        assertValid(manifest(job));
    }

    @Test
    void toStringOfManifestDoesNotIdentifySigners() {
        PortalJob job = PortalJob.builder(
                        "Job",
                        List.of(PortalDocument.builder("Doc", new byte[0]).build()),
                        List.of(
                                PortalSigner.identifiedByPersonalIdentificationNumber(
                                                "12345678910", NotificationsUsingLookup.EMAIL_ONLY)
                                        .build(),
                                PortalSigner.identifiedByEmailAndMobileNumber("b@example.com", "99999999")
                                        .build()))
                .build();

        assertThat(PortalJobManifest.of(job, SENDER, List.of("file0.pdf")).toString())
                .contains("123456789")
                .doesNotContain("12345678910", "b@example.com", "99999999");
    }

    @Test
    void writesAvailabilityWithOneElement() {
        assertThat(manifest(job(b -> b.availableFor(Duration.ZERO))))
                .contains("<availability><available-seconds>0</available-seconds></availability>");
        assertThat(manifest(job(b -> b.withActivationTime(OffsetDateTime.parse("2026-03-01T08:00:30.5Z")))))
                .contains("<availability><activation-time>2026-03-01T08:00:30.5Z</activation-time></availability>");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T08:00+14:00,       2026-03-01T08:00:00+14:00",
        "2026-03-01T08:00-03:30,       2026-03-01T08:00:00-03:30",
        "2026-03-01T08:00+15:00,       2026-02-28T17:00:00Z",
        "2026-03-01T08:00:00+00:59:30, 2026-03-01T07:00:30Z"
    })
    void writesActivationTimeWithValidOffset(OffsetDateTime time, String written) {
        String manifest = manifest(job(b -> b.withActivationTime(time)));

        assertThat(manifest).contains("<activation-time>" + written + "</activation-time>");
        assertValid(manifest);
    }

    @Test
    void writesAllEnumerationValues() {
        Arrays.stream(AuthenticationLevel.values()).forEach(level -> valid(b -> b.requireAuthentication(level)));
        Arrays.stream(IdentifierInSignedDocuments.values())
                .forEach(identifier -> valid(b -> b.withIdentifierInSignedDocuments(identifier)));
    }

    @Test
    void rejectsMissingFileNames() {
        assertThatThrownBy(() -> Messages.portalJobManifest(job(b -> b), SENDER, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are 1 documents, but 0 file names");
    }

    private static void valid(UnaryOperator<PortalJob.Builder> more) {
        assertValid(manifest(job(more)));
    }

    private static void assertValid(String xml) {
        assertThatCode(() -> Schemas.MESSAGES.validate(xml.getBytes(StandardCharsets.UTF_8)))
                .doesNotThrowAnyException();
    }

    private static PortalJob job(UnaryOperator<PortalJob.Builder> more) {
        return more.apply(PortalJob.builder(
                        "Job",
                        List.of(PortalDocument.builder("Doc", new byte[0]).build()),
                        List.of(PortalSigner.identifiedByPersonalIdentificationNumber(
                                        "12345678910", NotificationsUsingLookup.EMAIL_ONLY)
                                .build())))
                .build();
    }

    private static String request(PortalJob job, Sender sender) {
        return new String(Messages.portalJobRequest(job, sender), StandardCharsets.UTF_8);
    }

    private static String manifest(PortalJob job) {
        List<String> names = IntStream.range(0, job.documents().size())
                .mapToObj(i -> "file" + i + ".pdf")
                .toList();
        return new String(Messages.portalJobManifest(job, SENDER, names), StandardCharsets.UTF_8);
    }
}
