package io.github.signaturereactive.signingservice.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.signaturereactive.signingservice.protocol.ApiException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartParserTest {

    private static final String TWO_PARTS =
            "a preamble\r\n--b\r\nContent-Type: application/xml; charset=utf-8\r\n\r\n<a/>\r\n--"
                    + "\r\n--b \r\nContent-Disposition: attachment\r\nCONTENT-TYPE:Application/Octet-Stream\r\n\r\n\r\n\r\n--B\r\n-"
                    + "\r\n--b--\r\nan epilogue\r\n--b\r\n";

    private static final List<String> FOUND =
            List.of("application/xml: <a/>\r\n--", "application/octet-stream: \r\n\r\n--B\r\n-");

    @Test
    void partsAreFoundHoweverTheBytesArrive() throws IOException {
        for (int size = 1; size <= TWO_PARTS.length(); size++) {
            assertThat(parse(TWO_PARTS, size)).as("pieces of %d bytes", size).isEqualTo(FOUND);
        }
    }

    @Test
    void anEmptyPartIsAPart() throws IOException {
        assertThat(parse("--b\r\n\r\n\r\n--b--", 3)).containsExactly("text/plain: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--b", "--b\r\nContent-Type: a/b", "--b\r\n\r\nbody", "--b\r\n\r\nbody\r\n--b"})
    void aBodyThatEndsEarlyIsRefused(String cut) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> parse(cut, 100))
                .withMessageContaining("last delimiter");
    }

    @Test
    void endlessHeadersAreRefused() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> parse("--b\r\nX: " + "x".repeat(10_000), 1000))
                .withMessageContaining("too long");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/mixed; boundary=b|b",
                "Multipart/Mixed;boundary=\"a b:c\"|a b:c",
                "multipart/mixed; charset=ISO-8859-1; BOUNDARY=xyz; more=x|xyz"
            })
    void theBoundaryStandsInTheContentType(String contentType, String boundary) {
        assertThat(MultipartParser.boundary(contentType)).isEqualTo(boundary);
    }

    private static List<String> parse(String body, int pieces) throws IOException {
        List<String> found = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        MultipartParser parser = new MultipartParser("b", new MultipartParser.Parts() {
            @Override
            public void begin(String mediaType) {
                current.append(mediaType).append(": ");
            }

            @Override
            public void content(byte[] bytes, int offset, int length) {
                current.append(new String(bytes, offset, length, ISO_8859_1));
            }

            @Override
            public void end() {
                found.add(current.toString());
                current.setLength(0);
            }
        });
        for (int from = 0; from < body.length(); from += pieces) {
            parser.feed(
                    body.substring(from, Math.min(body.length(), from + pieces)).getBytes(ISO_8859_1));
        }
        parser.end();
        return found;
    }
}
