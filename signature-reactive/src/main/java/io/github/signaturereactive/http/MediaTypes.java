package io.github.signaturereactive.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The media types of the wire. */
final class MediaTypes {

    static final String XML = "application/xml";

    /** Both, so that an error can come back as XML. */
    static final String DOCUMENT_OR_ERROR = "application/octet-stream, application/xml";

    private MediaTypes() {}

    /** {@code Application/XML ;charset="utf-8"} is {@code application/xml}. */
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
