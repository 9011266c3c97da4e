package io.github.signaturereactive.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSignature;
import io.github.signaturereactive.portal.SignatureStatus;
import io.github.signaturereactive.portal.SignerIdentifier.ContactInformation;
import io.github.signaturereactive.portal.SignerIdentifier.PersonalIdentificationNumber;
import io.github.signaturereactive.portal.SignerIdentifier.Unknown;
import io.github.signaturereactive.schemas.Examples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortalMessagesReadingTest {

    private static final String NAMESPACE = "xmlns=\"http://signering.posten.no/schema/v1\"";
    private static final String JOB = "https://api.signering.example/api/123456789/portal/signature-jobs/9001/";

    @Test
    void readsExampleOfJobResponse() {
        PortalJobResponse response = Messages.readPortalJobResponse(Examples.PORTAL_SIGNATURE_JOB_RESPONSE.bytes());

        assertThat(response.signatureJobId()).isEqualTo(9001);
        assertThat(response.reference()).isEqualTo("minutes-17");
        assertThat(response.cancellationUrl().url()).isEqualTo(URI.create(JOB + "cancel"));
    }

    @Test
    void readsExampleOfStatusChange() {
        PortalJobStatusChanged change =
                Messages.readPortalJobStatusChange(Examples.PORTAL_SIGNATURE_JOB_STATUS_CHANGE_RESPONSE.bytes(), null);

        assertThat(change.signatureJobId()).isEqualTo(9001);
        assertThat(change.status()).isEqualTo(PortalJobStatus.IN_PROGRESS);
        assertThat(change.reference()).isEqualTo("minutes-17");
        assertThat(change.confirmationReference().url()).isEqualTo(URI.create(JOB + "complete"));
        assertThat(change.cancellationUrl().url()).isEqualTo(URI.create(JOB + "cancel"));
        assertThat(change.deleteDocumentsUrl()).isNull();
        assertThat(change.pAdESUrl().url()).isEqualTo(URI.create(JOB + "pades"));
        assertThat(change.nextPermittedPollTime()).isNull();
        assertThat(change.signatures()).hasSize(2);
        PortalSignature signed = change.signatureOf(new PersonalIdentificationNumber("12345678910"))
                .orElseThrow();
        assertThat(signed.is(SignatureStatus.SIGNED)).isTrue();
        assertThat(signed.since()).isEqualTo(OffsetDateTime.parse("2026-03-01T12:30:00+01:00"));
        assertThat(signed.xAdESUrl().url()).isEqualTo(URI.create(JOB + "xades/1"));
        PortalSignature waiting = change.signatureOf(new ContactInformation("chair@board.example", "+4799999999"))
                .orElseThrow();
        assertThat(waiting.is(SignatureStatus.WAITING)).isTrue();
        assertThat(waiting.xAdESUrl()).isNull();
    }

    @Test
    void ignoresUnknownElementsAndKeepsUnknownStatuses() {
        PortalJobStatusChanged change = read("""
                <!-- before -->
                <?processing instruction?>
                <p:portal-signature-job-status-change-response xmlns:p="http://signering.posten.no/schema/v1"
                        xmlns:other="urn:other" version="7" other:version="8">
                    <other:signature-job-id>1</other:signature-job-id>
                    <p:news><p:status>IGNORED</p:status><deeper/></p:news>
                    <p:signature-job-id unit="job"> 42 </p:signature-job-id>
                    <p:status since="now"><!-- a comment -->UNKNOWN<![CDATA[_OF]]><!-- another --></p:status>
                    <other:status>FAILED<other:status>FAILED</other:status></other:status>
                    <p:confirmation-url>
                        https://example.com/confirm?a=1&amp;b=%20
                    </p:confirmation-url>
                    <p:signatures count="2">
                        <p:signature>
                            <p:status>OTHER_STATUS</p:status>
                            <p:passport>X</p:passport>
                        </p:signature>
                        <other:signature/>
                        <p:between/>
                        <p:signature id="2">
                            <p:xades-url>https://example.com/xades</p:xades-url>
                            <p:identifier><p:sms number="99999999" country="47"/></p:identifier>
                            <p:status since="2026-03-01T12:30:00.1234567Z">SIGNED</p:status>
                        </p:signature>
                    </p:signatures>
                </p:portal-signature-job-status-change-response>
                <!-- after -->
                """);

        assertThat(change.signatureJobId()).isEqualTo(42);
        assertThat(change.status()).isEqualTo(new PortalJobStatus("UNKNOWN_OF"));
        assertThat(change.reference()).isNull();
        assertThat(change.confirmationReference().url()).isEqualTo(URI.create("https://example.com/confirm?a=1&b=%20"));
        assertThat(change.signatures()).hasSize(2);
        assertThat(change.signatures().get(0))
                .isEqualTo(new PortalSignature(new Unknown(), new SignatureStatus("OTHER_STATUS"), null, null));
        assertThat(change.signatures().get(1).signer()).isEqualTo(new ContactInformation(null, "99999999"));
        assertThat(change.signatures().get(1).status()).isEqualTo(SignatureStatus.SIGNED);
        assertThat(change.signatures().get(1).since()).isEqualTo(OffsetDateTime.parse("2026-03-01T12:30:00.1234567Z"));
        assertThat(change.signatures().get(1).xAdESUrl().url()).isEqualTo(URI.create("https://example.com/xades"));
    }

    @Test
    void readsStatusChangeWithoutOptionalElements() {
        PortalJobStatusChanged change = read("<portal-signature-job-status-change-response " + NAMESPACE + ">"
                + "<signature-job-id>+7</signature-job-id><status>FAILED</status><reference> </reference>"
                + "<cancellation-url/><signatures/></portal-signature-job-status-change-response>");

        assertThat(change.signatureJobId()).isEqualTo(7);
        assertThat(change.status()).isEqualTo(PortalJobStatus.FAILED);
        assertThat(change.reference()).isNull();
        assertThat(change.signatures()).isEmpty();
        assertThat(change.confirmationReference()).isNull();
        assertThat(change.cancellationUrl()).isNull();
        assertThat(change.isPAdESAvailable()).isFalse();
    }

    @Test
    void readsEmptySignature() {
        assertThat(read(statusChange("<signatures><signature/></signatures>")).signatures())
                .containsExactly(new PortalSignature(new Unknown(), new SignatureStatus(""), null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:30:00+01:00,         2026-03-01T12:30+01:00",
        "2026-03-01T12:30:00Z,              2026-03-01T12:30Z",
        "2026-03-01T12:30:00.5-00:30,       2026-03-01T12:30:00.500-00:30",
        "2026-03-01T12:30:00.123456789Z,    2026-03-01T12:30:00.123456789Z",
        "' 2026-03-01T12:30:00Z ',          2026-03-01T12:30Z",
        "2026-03-01T24:00:00+01:00,         2026-03-02T00:00+01:00",
        "2026-03-01T12:30:00,",
        "yesterday,",
        "'',",
    })
    void readsTimeOfSignature(String written, OffsetDateTime time) {
        assertThat(read(statusChange("<signatures><signature><status since=\"" + written
                                + "\">SIGNED</status></signature></signatures>"))
                        .signatures()
                        .get(0)
                        .since())
                .isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567891", "not a number", "123456789101"})
    void signerWithInvalidNumberIsUnknown(String number) {
        assertThat(read(statusChange("<signatures><signature><personal-identification-number>" + number
                                + "</personal-identification-number></signature></signatures>"))
                        .signatures()
                        .get(0)
                        .signer())
                .isEqualTo(new Unknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "ISO-8859-1"})
    void readsDeclaredEncoding(String encoding) {
        String xml = "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?><portal-signature-job-response " + NAMESPACE
                + "><reference>bl\u00E5b\u00E6r</reference><signature-job-id>1</signature-job-id>"
                + "</portal-signature-job-response>";

        assertThat(Messages.readPortalJobResponse(xml.getBytes(Charset.forName(encoding)))
                        .reference())
                .isEqualTo("bl\u00E5b\u00E6r");
    }

    @Test
    void readsByteOrderMark() {
        assertThat(read("\uFEFF" + statusChange("")).signatureJobId()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<signature-job-id></signature-job-id>",
                "<signature-job-id>9223372036854775808</signature-job-id>",
                "<signature-job-id>one</signature-job-id>"
            })
    void rejectsInvalidSignatureJobId(String id) {
        var failure = unreadable("<portal-signature-job-status-change-response " + NAMESPACE + ">" + id
                + "<status>FAILED</status></portal-signature-job-status-change-response>");

        assertThat(failure)
                .hasMessage("The message cannot be read as <portal-signature-job-status-change-response>:"
                        + " <signature-job-id> is missing or not an integer");
        assertThat(failure.signatureJobId()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<portal-signature-job-response " + NAMESPACE + "/>",
                "<portal-signature-job-response " + NAMESPACE + ">words</portal-signature-job-response>",
                "<portal-signature-job-response " + NAMESPACE
                        + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/>",
                "<portal-signature-job-response " + NAMESPACE
                        + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><signature-job-id xsi:nil='true'/>"
                        + "</portal-signature-job-response>"
            })
    void rejectsMessageWithoutSignatureJobId(String xml) {
        assertThatThrownBy(() -> Messages.readPortalJobResponse(bytes(xml)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("<signature-job-id> is missing");
    }

    @Test
    void errorForMissingStatusHasSignatureJobId() {
        var failure = unreadable("<portal-signature-job-status-change-response " + NAMESPACE
                + "><signature-job-id>42</signature-job-id></portal-signature-job-status-change-response>");

        assertThat(failure)
                .hasMessage("The message cannot be read as <portal-signature-job-status-change-response>:"
                        + " <status> is missing or empty");
        assertThat(failure.signatureJobId()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/relative", "https://example.com/a b", "12345678910", "https://[", "//example.com/x"})
    void errorNamesElementOfInvalidUrl(String url) {
        for (String element :
                List.of("confirmation-url", "cancellation-url", "delete-documents-url", "pades-url", "xades-url")) {
            String link = "<" + element + ">" + url + "</" + element + ">";
            String at = element.equals("xades-url") ? "<signature>" + link + "</signature>" : link;
            var failure = unreadable(statusChange(
                    element.equals("pades-url") || element.equals("xades-url")
                            ? "<signatures>" + at + "</signatures>"
                            : at));

            assertThat(failure).hasMessageEndingWith(": <" + element + "> is not an absolute URL");
            assertThat(failure.signatureJobId()).isEqualTo(42);
            assertThat(stackTrace(failure)).doesNotContain(url);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12345678910",
                "<12345678910/>",
                "<a>12345678910</b>",
                "<a b='12345678910' b=''/>",
                "<portal-signature-job-status-change-response " + NAMESPACE + "><status>12345678910</12345678910>",
                "<portal-signature-job-status-change-response " + NAMESPACE + "><status>&n12345678910;</status>",
                "<portal-signature-job-status-change-response>12345678910</portal-signature-job-status-change-response>",
                "<portal-signature-job-response " + NAMESPACE + ">12345678910</portal-signature-job-response>",
                "<html><head><title>502</title></head><body>12345678910<hr></body></html>",
                "<!DOCTYPE html><html><body>12345678910</body></html>"
            })
    void errorDoesNotQuoteOtherContent(String body) {
        assertThat(stackTrace(unreadable(body)))
                .startsWith(UnreadableMessageException.class.getName()
                        + ": The message cannot be read as <portal-signature-job-status-change-response>: it")
                .doesNotContain("12345678910");
    }

    @Test
    void rejectsDoctype() {
        assertThat(unreadable("<!DOCTYPE portal-signature-job-status-change-response []>" + statusChange("")))
                .hasMessageEndingWith("it has a DOCTYPE, which is not permitted");
    }

    @Test
    void doesNotResolveExternalEntities(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "SECRET");
        assertThat(stackTrace(unreadable("<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>"
                        + statusChange("<reference>&e;</reference>"))))
                .contains("DOCTYPE")
                .doesNotContain("SECRET");
    }

    @Test
    void doesNotExpandNestedEntities() {
        var bomb = new StringBuilder("<!DOCTYPE x [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY l" + i + " \"&l" + (i - 1) + ";&l" + (i - 1) + ";\">");
        }
        assertThat(unreadable(bomb.append("]>")
                        .append(statusChange("<reference>&l29;</reference>"))
                        .toString()))
                .hasMessageContaining("DOCTYPE");
    }

    @Test
    void rejectsDeeplyNestedElements() {
        assertThat(unreadable(statusChange("<a>".repeat(100_000))))
                .hasMessageContaining("it exceeds the limit of 50 nested elements");
    }

    @Test
    void readsError() {
        assertThat(Messages.readError(Examples.ERROR.bytes()))
                .contains(new ErrorMessage(
                        "BROKER_NOT_AUTHORIZED", "100101688 may not act on behalf of 123456789", "CLIENT"));
        assertThat(Messages.readError(bytes(
                        "<e:error xmlns:e=\"http://signering.posten.no/schema/v1\"><e:error-code> X </e:error-code>"
                                + "</e:error>")))
                .contains(new ErrorMessage("X", null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bad Gateway",
                "<html><body><p>502</body></html>",
                "<error>of another namespace</error>",
                "<!DOCTYPE error><error " + NAMESPACE + "/>",
                "<error " + NAMESPACE + "><error-code>X</error-code>"
            })
    void returnsNoErrorForOtherContent(String body) {
        assertThat(Messages.readError(bytes(body))).isEmpty();
    }

    @Test
    void rejectsOtherRootElement() {
        assertThatThrownBy(() -> Messages.readPortalJobResponse(Examples.ERROR.bytes()))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessage(
                        "The message cannot be read as <portal-signature-job-response>: it has another root element");
    }

    private static String statusChange(String more) {
        return "<portal-signature-job-status-change-response " + NAMESPACE + "><signature-job-id>42</signature-job-id>"
                + "<status>IN_PROGRESS</status>" + more + "</portal-signature-job-status-change-response>";
    }

    private static PortalJobStatusChanged read(String xml) {
        return Messages.readPortalJobStatusChange(bytes(xml), null);
    }

    private static UnreadableMessageException unreadable(String xml) {
        return catchThrowableOfType(UnreadableMessageException.class, () -> read(xml));
    }

    private static String stackTrace(Throwable failure) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
