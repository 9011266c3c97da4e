package io.github.signaturereactive.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The media types of requests and responses. */
final class MediaTypes {

    static final String XML = "application/xml";

    /** The {@code Accept} header of document downloads. It includes XML because error messages are XML. */
    static final String DOCUMENT_OR_ERROR = "application/octet-stream, application/xml";

    private static final Pattern PRINTABLE = Pattern.compile("[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}");

    private MediaTypes() {}

    /**
     * Returns whether a body may be XML. A missing media type counts as XML, because gateways change or remove the type of error
     * messages.
     */
    static boolean mayBeXml(@Nullable String mediaType) {
        return mediaType == null || mediaType.isEmpty() || mediaType.endsWith("/xml") || mediaType.endsWith("+xml");
    }

    /** Returns the media type as text for messages. A malformed media type is not quoted. */
    static String printable(@Nullable String mediaType) {
        if (mediaType == null || mediaType.isEmpty()) {
            return "no media type";
        }
        return PRINTABLE.matcher(mediaType).matches() ? mediaType : "a malformed media type";
    }

    /**
     * Returns the media type in lower case without parameters. For {@code Application/XML ;charset="utf-8"} it is
     * {@code application/xml}.
     */
    static @Nullable String withoutParameters(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
