package io.github.signaturereactive.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientInfos;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Logs requests and responses without personal or secret data. Bodies and query values are not logged. Of headers that are not
 * known to be harmless, only the name is logged.
 */
final class Wiretap {

    private static final Logger LOG = Loggers.getLogger("io.github.signaturereactive.wiretap");

    private static final Set<String> HARMLESS = Set.of(
            "accept",
            "connection",
            "content-length",
            "content-type",
            "date",
            "dosfilter",
            "host",
            "retry-after",
            "server",
            "transfer-encoding",
            "user-agent",
            "x-next-permitted-poll-time");

    private Wiretap() {}

    /** Returns the client with request and response logging. */
    static HttpClient on(HttpClient client) {
        return client.doOnRequest((request, connection) -> LOG.info(
                        "[{}] > {} {} {}",
                        connection.channel().id().asShortText(),
                        request.method(),
                        target(request),
                        harmless(request.requestHeaders())))
                .doOnResponse((response, connection) -> LOG.info(
                        "[{}] < {} for {} {} {}",
                        connection.channel().id().asShortText(),
                        response.status().code(),
                        response.method(),
                        target(response),
                        harmless(response.responseHeaders())))
                .doOnError(
                        (request, error) -> LOG.info(
                                "[-] {} {} failed while it was sent: {}",
                                request.method(),
                                target(request),
                                error.getClass().getName()),
                        (response, error) -> LOG.info(
                                "[-] {} {} failed while its answer was read: {}",
                                response.method(),
                                target(response),
                                error.getClass().getName()));
    }

    private static String target(HttpClientInfos infos) {
        return QueryValues.hiddenIn(URI.create(infos.uri()));
    }

    private static String harmless(HttpHeaders headers) {
        return headers.entries().stream()
                .map(header -> header.getKey() + ": " + shown(header))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String shown(Map.Entry<String, String> header) {
        return HARMLESS.contains(header.getKey().toLowerCase(Locale.ROOT)) ? header.getValue() : "***";
    }
}
