package io.github.signaturereactive.signingservice.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.signingservice.protocol.ApiException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses {@code multipart/mixed} (RFC 2046) incrementally, from chunks of any size. Buffers at most a delimiter's
 * length of a part's body, so the size of a part is unlimited. Not thread-safe.
 */
final class MultipartParser {

    private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]+)\"|([^\\s;]+))");
    private static final Pattern CONTENT_TYPE = Pattern.compile("(?im)^content-type:\\s*([^;\\s]+)");
    private static final int LONGEST_HEADERS = 8192;

    private enum Expects {
        DELIMITER,
        DELIMITER_END,
        HEADERS,
        BODY,
        NOTHING_MORE
    }

    private final Parts parts;
    private final byte[] delimiter;
    private byte[] pending = "\r\n".getBytes(US_ASCII); // the first delimiter may have no line break before it
    private Expects expects = Expects.DELIMITER;

    MultipartParser(String boundary, Parts parts) {
        this.delimiter = ("\r\n--" + boundary).getBytes(US_ASCII);
        this.parts = parts;
    }

    /** A callback for parsed parts. */
    interface Parts {
        /** Starts a part. The media type is in lower case and without parameters. */
        void begin(String mediaType) throws IOException;

        /** Receives bytes of the current part. */
        void content(byte[] bytes, int offset, int length) throws IOException;

        /** Ends the current part. */
        void end() throws IOException;
    }

    /** Returns the boundary in a {@code Content-Type}. Refuses other types than {@code multipart/mixed}. */
    static String boundary(String contentType) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!contentType.toLowerCase(Locale.ROOT).startsWith("multipart/mixed") || !boundary.find()) {
            throw new ApiException(
                    415, "UNSUPPORTED_MEDIA_TYPE", "A job is created with multipart/mixed and a boundary");
        }
        return boundary.group(1) != null ? boundary.group(1) : boundary.group(2);
    }

    void feed(byte[] bytes) throws IOException {
        if (expects == Expects.NOTHING_MORE) {
            return;
        }
        byte[] all = Arrays.copyOf(pending, pending.length + bytes.length);
        System.arraycopy(bytes, 0, all, pending.length, bytes.length);
        int at = 0;
        int next = take(all, at);
        while (next >= 0) {
            at = next;
            next = expects == Expects.NOTHING_MORE ? -1 : take(all, at);
        }
        if (expects == Expects.BODY || expects == Expects.DELIMITER) {
            int certain = Math.max(at, all.length - delimiter.length + 1);
            contentUpTo(all, at, certain);
            at = certain;
        }
        pending = Arrays.copyOfRange(all, at, all.length);
    }

    /** Ends the input. Refuses an incomplete message. */
    void end() {
        if (expects != Expects.NOTHING_MORE) {
            throw new ApiException(400, "MALFORMED_MULTIPART", "The last delimiter of the multipart body is missing");
        }
    }

    /**
     * Consumes one complete delimiter, header block or body. Returns the position after it, or -1 if it is incomplete.
     */
    private int take(byte[] all, int from) throws IOException {
        return switch (expects) {
            case DELIMITER, BODY -> {
                int found = indexOf(all, from, delimiter);
                if (found < 0) {
                    yield -1;
                }
                if (expects == Expects.BODY) {
                    contentUpTo(all, from, found);
                    parts.end();
                }
                expects = Expects.DELIMITER_END;
                yield found + delimiter.length;
            }
            case DELIMITER_END -> {
                if (all.length - from < 2) {
                    yield -1;
                }
                if (all[from] == '-' && all[from + 1] == '-') {
                    expects = Expects.NOTHING_MORE;
                    yield from + 2;
                }
                expects = Expects.HEADERS;
                yield from; // the line break belongs to the header block
            }
            case HEADERS -> {
                int end = indexOf(all, from, "\r\n\r\n".getBytes(US_ASCII));
                if (end < 0) {
                    if (all.length - from > LONGEST_HEADERS) {
                        throw new ApiException(400, "MALFORMED_MULTIPART", "A part's headers are too long");
                    }
                    yield -1;
                }
                Matcher type = CONTENT_TYPE.matcher(new String(all, from, end - from, UTF_8));
                parts.begin(type.find() ? type.group(1).toLowerCase(Locale.ROOT) : "text/plain");
                expects = Expects.BODY;
                yield end + 4;
            }
            case NOTHING_MORE -> -1;
        };
    }

    private void contentUpTo(byte[] all, int from, int to) throws IOException {
        if (expects == Expects.BODY && to > from) {
            parts.content(all, from, to - from);
        }
    }

    private static int indexOf(byte[] all, int from, byte[] wanted) {
        for (int i = from; i <= all.length - wanted.length; i++) {
            if (all[i] == wanted[0] && Arrays.equals(all, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
