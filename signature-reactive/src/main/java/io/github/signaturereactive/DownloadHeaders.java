package io.github.signaturereactive;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a download before its first byte.
 *
 * @param contentLength the number of bytes to come, or null if the service did not say
 * @param contentType the media type, as the service gave it, or null if it did not say
 */
public record DownloadHeaders(
        @Nullable Long contentLength, @Nullable String contentType) {}
