package io.github.signaturereactive.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses dates of response headers. A malformed date is treated as missing. */
final class Dates {

    /** ISO 8601 with an offset, with or without its colon, and with an optional time zone in brackets. */
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .optionalStart()
            .appendLiteral('[')
            .appendZoneRegionId()
            .appendLiteral(']')
            .toFormatter(Locale.ROOT);

    private Dates() {}

    static @Nullable Instant dateTime(@Nullable String text) {
        return parse(DATE_TIME, text);
    }

    static @Nullable Instant httpDate(@Nullable String text) {
        return parse(DateTimeFormatter.RFC_1123_DATE_TIME, text);
    }

    private static @Nullable Instant parse(DateTimeFormatter formatter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(text.strip(), formatter).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
