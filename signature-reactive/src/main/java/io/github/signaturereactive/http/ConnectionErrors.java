package io.github.signaturereactive.http;

import io.github.signaturereactive.job.ClientClosedException;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.security.HandshakeFailures;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.handler.timeout.WriteTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.netty.http.client.PrematureCloseException;

/** Maps connection errors to the exceptions that callers receive if no complete response arrives. */
final class ConnectionErrors {

    /** Limits the search for a cause, because causes may form a cycle. */
    private static final int MAX_CAUSES = 20;

    private final String environment;
    private final String peer;
    private final String setting;
    private final URI url;

    private ConnectionErrors(String environment, String peer, String setting, URI url) {
        this.environment = environment;
        this.peer = peer;
        this.setting = setting;
        this.url = url;
    }

    /** Creates the mapping for connections to the API. */
    static ConnectionErrors ofTheService(String environment, URI serviceUrl) {
        return new ConnectionErrors(environment, "the service", "the service URL", serviceUrl);
    }

    /** Creates the mapping for connections to the token endpoint. */
    static ConnectionErrors ofTheTokenEndpoint(String environment, URI tokenEndpoint) {
        return new ConnectionErrors(
                "the token endpoint of " + environment,
                "the token endpoint",
                "the URL of the token endpoint",
                tokenEndpoint);
    }

    /**
     * Returns the exception for the caller.
     *
     * @param request method and path, for messages
     * @param repeatable whether the service may receive the request twice without harm
     * @param offered the certificate that the connection presents, or null if it presents none
     * @param progress the progress of the request when the error occurred
     * @param error the error, which may be wrapped by Reactor
     */
    Throwable explain(
            String request,
            boolean repeatable,
            @Nullable OrganizationCertificate offered,
            RequestProgress progress,
            Throwable error) {
        Throwable failure = Exceptions.unwrap(error);
        if (failure instanceof CallerFailure caller) {
            return caller.failure();
        }
        if (failure instanceof SignatureException || failure instanceof Error) {
            return failure;
        }
        return HandshakeFailures.explain(request, environment, offered, failure)
                .or(() -> HandshakeFailures.privateKeyFailure(request, failure))
                .orElseGet(() -> isOfClosing(failure)
                        ? new ClientClosedException(request)
                        : new ServiceUnreachableException(
                                request + ": " + description(progress, failure),
                                progress.isWritten(),
                                repeatable,
                                failure));
    }

    private String description(RequestProgress progress, Throwable failure) {
        if (progress.isWritten()) {
            return afterWriting(failure);
        }
        return beforeWriting(failure).orElseGet(() -> {
            if (url.getScheme().equalsIgnoreCase("https") && !progress.isConnected()) {
                return "the connection was closed before the TLS handshake was complete." + checkAddress();
            }
            return "the connection was closed before the request was sent." + refusedPerhaps(failure);
        });
    }

    private static boolean isOfClosing(Throwable failure) {
        return failure instanceof RejectedExecutionException
                || failure.getClass().getSimpleName().equals("PoolShutdownException");
    }

    /** Recognizes exceptions of the connection pool by their simple names, because Reactor Netty shades the classes. */
    private static boolean isOfThePool(Throwable failure) {
        return failure.getClass().getSimpleName().startsWith("Pool");
    }

    /** Returns the first throwable of the given type in the chain of causes, which starts with the failure itself. */
    private static <T> Optional<T> cause(Throwable failure, Class<T> type) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        return cause(failure, type).isPresent();
    }

    /** Describes a failure before the request was written. Returns empty if the connection was closed without a known cause. */
    private Optional<String> beforeWriting(Throwable failure) {
        Optional<ProxyConnectException> proxy = cause(failure, ProxyConnectException.class);
        if (proxy.isPresent()) {
            return Optional.of(
                    "the proxy did not open the connection: " + proxy.get().getMessage()
                            + ". Check the address and the credentials of the proxy, and that it permits connections to this host.");
        }
        Optional<UnknownProxyException> unknownProxy = cause(failure, UnknownProxyException.class);
        if (unknownProxy.isPresent()) {
            return Optional.of("the host of the " + unknownProxy.get().getMessage()
                    + " is unknown. Check the name and the name resolution.");
        }
        if (isCausedBy(failure, UnknownHostException.class)) {
            return Optional.of(
                    "the host " + url.getHost() + " is unknown. Check " + setting + " and the name resolution.");
        }
        if (isCausedBy(failure, ConnectTimeoutException.class)) {
            return Optional.of("connecting timed out." + checkAddress());
        }
        if (isCausedBy(failure, ConnectException.class)) {
            return Optional.of("the connection was refused." + checkAddress());
        }
        if (isCausedBy(failure, SslHandshakeTimeoutException.class)) {
            return Optional.of("the TLS handshake timed out." + checkAddress());
        }
        if (isCausedBy(failure, NotSslRecordException.class)) {
            return Optional.of("the server does not use TLS. Check " + setting
                    + ", and whether a proxy intercepts the connection.");
        }
        if (isOfThePool(failure)) {
            return Optional.of(
                    "no connection became free in time. Increase maxConnections, or make fewer calls at the same time.");
        }
        return Optional.empty();
    }

    private String checkAddress() {
        return " Check " + setting + ", and whether a firewall or proxy blocks the connection.";
    }

    /** Describes a failure after the headers of the request were written. */
    private String afterWriting(Throwable failure) {
        if (failure instanceof ResponseTimeoutException) {
            return peer + " sent no response headers in time.";
        }
        if (failure instanceof ReadTimeoutException) {
            return peer + " sent no data in time.";
        }
        if (failure instanceof WriteTimeoutException) {
            return peer + " stopped receiving the request.";
        }
        if (failure instanceof PrematureCloseException) {
            return "the connection was closed before the response was complete." + refusedPerhaps(failure);
        }
        if (failure instanceof TimeoutException) {
            return peer + " did not complete the response in time.";
        }
        if (!isCausedBy(failure, IOException.class)) {
            return "the response is not valid HTTP (" + failure.getClass().getSimpleName() + ").";
        }
        return "the connection was lost: "
                + Optional.ofNullable(failure.getMessage()).orElse("it was closed") + "." + refusedPerhaps(failure);
    }

    /**
     * Returns a hint that the server may have rejected the client certificate. With TLS 1.3 the alert can be lost if a write
     * fails first. Reactor Netty writes "DURING response" if a response has begun, and then the certificate was accepted.
     */
    private static String refusedPerhaps(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("DURING response")
                ? ""
                : " The cause may be that the server rejected the client certificate. To find out, call whoAmI().";
    }
}
