package io.github.signaturereactive.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.schemas.Examples;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * Compares read messages with those of the official Java client, also for equivalent XML. Accepted differences are removed by a method
 * each.
 */
class OfficialClientReadingTest {

    private static final String ROOT = " xmlns=\"http://signering.posten.no/schema/v1\">";
    private static final String URL = "https://api.signering.example/api/123456789/x?a=%C3%B8&amp;b=";

    /** The types of messages that the service sends, with the methods of both clients that read them. */
    enum Kind {
        PORTAL_SIGNATURE_JOB_RESPONSE,
        PORTAL_SIGNATURE_JOB_STATUS_CHANGE_RESPONSE,
        DIRECT_SIGNATURE_JOB_RESPONSE,
        DIRECT_SIGNER_RESPONSE,
        DIRECT_SIGNATURE_JOB_STATUS_RESPONSE,
        ERROR;

        List<Object> ours(byte[] xml) {
            return switch (this) {
                case PORTAL_SIGNATURE_JOB_RESPONSE -> ReadValues.of(Messages.readPortalJobResponse(xml));
                case PORTAL_SIGNATURE_JOB_STATUS_CHANGE_RESPONSE ->
                    ReadValues.of(Messages.readPortalJobStatusChange(xml, null));
                case DIRECT_SIGNATURE_JOB_RESPONSE -> ReadValues.of(Messages.readDirectJobResponse(xml));
                case DIRECT_SIGNER_RESPONSE -> ReadValues.of(Messages.readDirectSignerResponse(xml));
                case DIRECT_SIGNATURE_JOB_STATUS_RESPONSE -> ReadValues.of(Messages.readDirectJobStatus(xml, null));
                case ERROR -> ReadValues.of(Messages.readError(xml).orElseThrow());
            };
        }

        List<Object> theirs(byte[] xml) {
            return switch (this) {
                case PORTAL_SIGNATURE_JOB_RESPONSE -> OfficialReadValues.portalJobResponse(xml);
                case PORTAL_SIGNATURE_JOB_STATUS_CHANGE_RESPONSE -> OfficialReadValues.portalJobStatusChange(xml);
                case DIRECT_SIGNATURE_JOB_RESPONSE -> OfficialReadValues.directJobResponse(xml);
                case DIRECT_SIGNER_RESPONSE -> OfficialReadValues.directSignerResponse(xml);
                case DIRECT_SIGNATURE_JOB_STATUS_RESPONSE -> OfficialReadValues.directJobStatus(xml);
                case ERROR -> OfficialReadValues.error(xml);
            };
        }

        Message example() {
            return new Message(this, Examples.valueOf(name()).bytes());
        }

        Message message(String content) {
            String element = Examples.valueOf(name()).messageName();
            return new Message(
                    this, ("<" + element + ROOT + content + "</" + element + ">").getBytes(StandardCharsets.UTF_8));
        }
    }

    static final class Message {

        private final Kind kind;
        private final byte[] xml;

        private Message(Kind kind, byte[] xml) {
            this.kind = kind;
            this.xml = xml;
        }

        Message written(Set<Variation> variations) {
            return new Message(kind, Variation.of(xml, variations));
        }

        List<Object> ours() {
            return kind.ours(xml);
        }

        /** Returns the values of the official client, or empty if it throws, for example because an element is missing. */
        Optional<List<Object>> theirs() {
            try {
                return Optional.of(kind.theirs(xml));
            } catch (RuntimeException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return new String(xml, StandardCharsets.UTF_8);
        }
    }

    @Provide
    Arbitrary<Message> messages() {
        return Arbitraries.of(Stream.of(Stream.of(Kind.values()).map(Kind::example), portalMessages(), directMessages())
                .flatMap(Function.identity())
                .toList());
    }

    @Provide
    Arbitrary<Message> examples() {
        return Arbitraries.of(Stream.of(Kind.values()).map(Kind::example).toList());
    }

    private static Stream<Message> portalMessages() {
        Kind change = Kind.PORTAL_SIGNATURE_JOB_STATUS_CHANGE_RESPONSE;
        String job = "<signature-job-id>9223372036854775807</signature-job-id>";
        String confirm = "<confirmation-url>" + URL + "1</confirmation-url>";
        return Stream.of(
                change.message(job + "<status>FAILED</status>" + confirm + "<signatures><signature>"
                        + "<status since='2026-03-01T12:30:00.123456789Z'>SIGNERS_NAME_NOT_AVAILABLE</status>"
                        + "<identifier><sms number='99887766'/></identifier></signature></signatures>"),
                change.message("<reference>\u00E6 &lt;1&gt;</reference>" + job
                        + "<status>COMPLETED_SUCCESSFULLY</status>" + confirm + "<cancellation-url>" + URL
                        + "2</cancellation-url><delete-documents-url>" + URL + "3</delete-documents-url>"
                        + "<signatures><signature><status since='2026-03-01T12:30:00-05:00'>UNKNOWN_OF</status>"
                        + "<identifier><email address='&#xE6;@example.com'/></identifier><xades-url>" + URL
                        + "4</xades-url></signature><pades-url>" + URL + "5</pades-url></signatures>"),
                change.message(job + "<status>OTHER_STATUS</status>" + confirm + "<signatures/>"),
                change.message(job + "<status>IN_PROGRESS</status>" + confirm),
                change.message(job + "<status>IN_PROGRESS</status><signatures><signature><status>SIGNED</status>"
                        + "</signature></signatures>"),
                Kind.PORTAL_SIGNATURE_JOB_RESPONSE.message(job),
                Kind.ERROR.message("<error-code>UNKNOWN_OF</error-code>"));
    }

    private static Stream<Message> directMessages() {
        Kind status = Kind.DIRECT_SIGNATURE_JOB_STATUS_RESPONSE;
        String job = "<signature-job-id>1</signature-job-id>";
        String xades = "<xades-url>" + URL + "1</xades-url>";
        return Stream.of(
                status.message(job + "<signature-job-status>COMPLETED_SUCCESSFULLY</signature-job-status>"
                        + "<status since='2026-03-01T12:30:00+01:00'>SIGNED</status>" + xades),
                status.message(job + "<signature-job-status>IN_PROGRESS</signature-job-status>"
                        + "<status signer='a &amp; b' since='2026-03-01T12:30:00+01:00'>WAITING</status>"
                        + "<status signer='12345678910' since='2026-03-01T12:30:00+01:00'>SIGNED</status>"
                        + "<xades-url signer='12345678910'>" + URL + "1</xades-url><pades-url>" + URL
                        + "2</pades-url>"),
                status.message(job + "<signature-job-status>FAILED</signature-job-status>"
                        + "<status signer='a'>UNKNOWN_OF</status><confirmation-url>" + URL + "3</confirmation-url>"
                        + "<delete-documents-url>" + URL + "4</delete-documents-url>"),
                status.message(job + "<signature-job-status>OTHER_STATUS</signature-job-status>"),
                Kind.DIRECT_SIGNATURE_JOB_RESPONSE.message(job + "<signer href='" + URL + "1'>"
                        + "<personal-identification-number>12345678910</personal-identification-number>"
                        + "<redirect-url>https://signering.example#/redirect/A</redirect-url></signer>"
                        + "<signer href='" + URL + "2'><signer-identifier>\u00E5</signer-identifier>"
                        + "<redirect-url>https://signering.example#/redirect/B</redirect-url></signer>"),
                Kind.DIRECT_SIGNER_RESPONSE.message("<redirect-url>https://signering.example#/C</redirect-url>"));
    }

    @Property
    void readsExamplesLikeOfficialClient(@ForAll("examples") Message example) {
        assertThat(example.theirs()).contains(example.ours());
    }

    @Property(tries = 1500)
    void readsEquivalentXmlAsEqualMessages(@ForAll("messages") Message message, @ForAll Set<Variation> variations) {
        assertThat(message.written(variations).ours()).isEqualTo(message.ours());
    }

    @Property(tries = 1500)
    void readsMessagesLikeOfficialClient(@ForAll("messages") Message message, @ForAll Set<Variation> variations) {
        Message written = message.written(variations);
        List<Object> ours = written.ours();
        Optional<List<Object>> theirs = written.theirs();

        Statistics.collect(theirs.isPresent());
        Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 30));
        theirs.ifPresent(understood -> assertThat(
                        variations.contains(Variation.WHITE_SPACE_AROUND_TEXT)
                                ? withLostUrls(stripped(understood), ours)
                                : understood)
                .isEqualTo(inMilliseconds(ours)));
    }

    /** The official client truncates times to milliseconds. */
    private static List<Object> inMilliseconds(List<?> values) {
        List<Object> cut = new ArrayList<>();
        for (Object value : values) {
            cut.add(
                    value instanceof List<?> list
                            ? inMilliseconds(list)
                            : value instanceof Instant time ? time.truncatedTo(ChronoUnit.MILLIS) : value);
        }
        return cut;
    }

    /** The official client keeps white space around text. */
    private static List<Object> stripped(List<?> values) {
        List<Object> stripped = new ArrayList<>();
        for (Object value : values) {
            stripped.add(
                    value instanceof List<?> list
                            ? stripped(list)
                            : value instanceof String text ? text.strip() : value);
        }
        return stripped;
    }

    /** The official client reads a URL with white space around it as null. */
    private static List<Object> withLostUrls(List<?> theirs, List<?> ours) {
        List<Object> found = new ArrayList<>();
        for (int i = 0; i < theirs.size(); i++) {
            Object value = theirs.get(i);
            Object other = i < ours.size() ? ours.get(i) : null;
            found.add(
                    value instanceof List<?> list && other instanceof List<?> others
                            ? withLostUrls(list, others)
                            : value == null && other instanceof URI ? other : value);
        }
        return found;
    }
}
