package io.github.signaturereactive.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hides the values in the query of a URL, which may be tokens. The name of a queue is not a secret and remains visible. */
final class QueryValues {

    private static final String HIDDEN = "***";
    private static final String QUEUE = "polling_queue";

    /** The minimum length of a secret. Shorter values may occur in other words and numbers by chance. */
    private static final int MIN_SECRET_LENGTH = 4;

    private QueryValues() {}

    /** Returns path and query with the values of the query hidden. */
    static String hiddenIn(URI url) {
        String query = url.getRawQuery();
        return url.getRawPath()
                + (query == null
                        ? ""
                        : Arrays.stream(query.split("&"))
                                .map(QueryValues::hidden)
                                .collect(Collectors.joining("&", "?", "")));
    }

    private static String hidden(String parameter) {
        int equals = parameter.indexOf('=');
        if (equals < 0) {
            return HIDDEN;
        }
        String name = parameter.substring(0, equals);
        return name.equals(QUEUE) ? parameter : name + "=" + HIDDEN;
    }

    /** Returns the text with the values of the query hidden, both encoded and decoded. */
    static @Nullable String hiddenIn(@Nullable String text, URI url) {
        String query = url.getRawQuery();
        if (text == null || query == null) {
            return text;
        }
        String shown = text;
        // Longest first, because one value may be part of another.
        for (String value : Arrays.stream(query.split("&"))
                .filter(parameter -> !parameter.startsWith(QUEUE + "="))
                .map(parameter -> parameter.substring(parameter.indexOf('=') + 1))
                .flatMap(value -> Stream.of(value, decoded(value)))
                .filter(value -> value.length() >= MIN_SECRET_LENGTH)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            shown = shown.replace(value, HIDDEN);
        }
        return shown;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }
}
