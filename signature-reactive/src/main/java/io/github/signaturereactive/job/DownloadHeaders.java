package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * The response headers of a download.
 *
 * @param contentLength the number of bytes of the document, or null if the response has no {@code Content-Length}
 * @param contentType the value of the header {@code Content-Type}, or null if the response has none
 */
public record DownloadHeaders(
        @Nullable Long contentLength, @Nullable String contentType) {}
