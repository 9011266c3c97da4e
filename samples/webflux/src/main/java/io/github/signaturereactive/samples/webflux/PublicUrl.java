package io.github.signaturereactive.samples.webflux;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The URL at which browsers reach this application. It is the property {@code sample.public-url}, or the address of
 * the server if that is a loopback address. The header {@code Host} is never used, because any client can set it.
 */
@Component
final class PublicUrl {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final @Nullable URI configured;
    private final String scheme;
    private volatile int port = -1;

    PublicUrl(SampleProperties properties, ServerProperties server) {
        this.configured = properties.publicUrl();
        this.scheme = Ssl.isEnabled(server.getSsl()) ? "https" : "http";
        InetAddress address = server.getAddress();
        if (configured == null && (address == null || !address.isLoopbackAddress())) {
            throw new IllegalStateException("The server does not listen on a loopback address only: set"
                    + " 'sample.public-url' to the URL at which browsers reach it, such as https://sign.example.com.");
        }
        if (configured != null && !isRoot(configured)) {
            throw new IllegalStateException("'sample.public-url' must be an http or https URL without path and query,"
                    + " such as https://sign.example.com, but is " + configured + ".");
        }
    }

    @EventListener
    void started(ReactiveWebServerInitializedEvent event) {
        listensOn(event.getWebServer().getPort());
    }

    void listensOn(int serverPort) {
        port = serverPort;
    }

    /** Returns the URL of a page. */
    URI of(String path) {
        return (configured == null ? loopback("localhost") : configured).resolve(path);
    }

    /** Returns whether the value of a header {@code Origin} is the origin of this application. */
    boolean isOrigin(String origin) {
        Stream<URI> own = configured == null ? LOOPBACK.stream().map(this::loopback) : Stream.of(configured);
        try {
            String given = normalized(URI.create(origin));
            return own.map(PublicUrl::normalized).anyMatch(given::equals);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private URI loopback(String host) {
        return URI.create(scheme + "://" + host + ":" + port + "/");
    }

    private static boolean isRoot(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && (url.getPath().isEmpty() || url.getPath().equals("/"))
                && url.getQuery() == null
                && url.getFragment() == null;
    }

    private static String normalized(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        int standard = scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(url.getHost()).toLowerCase(Locale.ROOT) + ":"
                + (url.getPort() < 0 ? standard : url.getPort());
    }
}
