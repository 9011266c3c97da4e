package io.github.signaturereactive.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Detects content codings and transfer codings of a response (RFC 9110, section 8.4; RFC 9112, section 7). Requests accept none
 * of them, because a compressed body would be saved as the document.
 */
final class ContentCodings {

    private static final Set<String> IDENTITY = Set.of("", "identity");
    private static final Set<String> PLAIN_TRANSFER = Set.of("", "identity", "chunked");

    private ContentCodings() {}

    /** Returns the first coding that the request did not accept, or null if there is none. */
    static @Nullable String unexpected(HttpHeaders headers) {
        return Stream.concat(
                        codings(headers, HttpHeaderNames.CONTENT_ENCODING).filter(coding -> !IDENTITY.contains(coding)),
                        codings(headers, HttpHeaderNames.TRANSFER_ENCODING)
                                .filter(coding -> !PLAIN_TRANSFER.contains(coding)))
                .findFirst()
                .orElse(null);
    }

    /** Returns the explanation for a response that is refused because of its coding. A malformed name is not quoted. */
    static String refusal(String coding) {
        String name = coding.matches("[a-z0-9-]{1,20}") ? coding : "unknown";
        return "The body has the coding '" + name
                + "', although the request accepts none. A proxy may compress responses.";
    }

    private static Stream<String> codings(HttpHeaders headers, CharSequence name) {
        return headers.getAll(name).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(coding -> MediaTypes.withoutParameters(coding))
                .map(String::valueOf);
    }
}
