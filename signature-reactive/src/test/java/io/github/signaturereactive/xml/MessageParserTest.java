package io.github.signaturereactive.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits for messages whose parsing time would grow with the square of their size. */
class MessageParserTest {

    private static final String ROOT = "portal-signature-job-status-change-response";

    /** Messages of n parts. Without limits, parsing or reading them takes time that grows with the square of n. */
    static Stream<Arguments> costlyMessages() {
        return Stream.of(
                costly("elements of one name", n -> "<status/>".repeat(n) + "<xades-url/>".repeat(n)),
                costly("elements of another namespace", "<status xmlns=\"\"/>"::repeat),
                costly("elements within each other", "<a>"::repeat),
                costly("elements of another namespace within each other", "<a xmlns=\"\">"::repeat),
                costly("names of equal hash", n -> all(n, i -> "<" + equalHash(i) + "/>")),
                costly("attributes of one element", n -> "<a " + all(n, i -> " a" + i + "=\"\"") + "/>"),
                costly("attributes of equal hash", n -> "<a " + all(n, i -> " " + equalHash(i) + "=\"\"") + "/>"),
                costly("namespaces of one element", n -> "<a " + all(n, i -> " xmlns:a" + i + "=\"urn:a\"") + "/>"),
                costly("attributes", n -> ("<a " + all(40, i -> " a" + i + "=\"\"") + "/>").repeat(n)),
                costly("namespaces", n -> ("<a " + all(40, i -> " xmlns:a" + i + "=\"urn:a\"") + "/>").repeat(n)),
                costly("processing instructions of equal hash", n -> all(n, i -> "<?" + equalHash(i) + "?>")));
    }

    private static Arguments costly(String parts, IntFunction<String> content) {
        return Arguments.of(Named.of(parts, content));
    }

    private static String all(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
    }

    /** Returns one of many names that have the same hash code. */
    private static String equalHash(int number) {
        return IntStream.range(0, 16)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("costlyMessages")
    void stopsReadingCostlyMessagesAtLimit(IntFunction<String> content) {
        long ofOneSize = bytesReadUntilRefusal(content.apply(10_000));
        long ofTwiceTheSize = bytesReadUntilRefusal(content.apply(20_000));

        assertThat(ofTwiceTheSize).isEqualTo(ofOneSize).isLessThan(70_000);
    }

    @Test
    void readsLargestMessageOfService() {
        // The schema permits ten signers. The limit permits ten times as many.
        String signature = "<signature><status since=\"2026-03-02T09:15:00Z\">SIGNED</status>"
                + "<personal-identification-number>12345678910</personal-identification-number>"
                + "<xades-url>https://example.com/xades</xades-url></signature>";
        String message = message("<signature-job-id>42</signature-job-id><status>IN_PROGRESS</status><signatures>"
                + signature.repeat(100) + "</signatures>");

        assertThat(Messages.readPortalJobStatusChange(message.getBytes(StandardCharsets.UTF_8), null)
                        .signatures())
                .hasSize(100);
    }

    @Test
    void errorNamesJobAndLimit() {
        String message = message("<signature-job-id>42</signature-job-id>" + "<status/>".repeat(1_000));

        assertThatThrownBy(() -> Messages.readPortalJobStatusChange(message.getBytes(StandardCharsets.UTF_8), null))
                .isInstanceOfSatisfying(
                        UnreadableMessageException.class,
                        refused -> assertThat(refused.signatureJobId()).isEqualTo(42))
                .hasMessageEndingWith("it exceeds the limit of 1000 elements");
    }

    private static long bytesReadUntilRefusal(String content) {
        byte[] message = message(content).getBytes(StandardCharsets.UTF_8);
        var counted = new CountedInputStream(message);
        assertThatThrownBy(() -> Xml.parse(counted, ROOT)).isNotNull();
        assertThat(counted.bytes).isLessThan(message.length);
        return counted.bytes;
    }

    private static String message(String content) {
        return "<" + ROOT + " xmlns=\"" + Xml.NAMESPACE + "\">" + content + "</" + ROOT + ">";
    }

    private static final class CountedInputStream extends FilterInputStream {

        private long bytes;

        CountedInputStream(byte[] content) {
            super(new ByteArrayInputStream(content));
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            bytes += Math.max(0, count);
            return count;
        }
    }
}
