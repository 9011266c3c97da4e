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
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.netty.http.client.PrematureCloseException;

/** Explains the faults of a connection: what the caller gets when no whole answer came. */
final class ConnectionErrors {

    private final String environment;
    private final String peer;
    private final String address;

    /**
     * Explains the faults of the connections to one peer.
     *
     * @param environment what messages call the environment
     * @param peer what messages call the peer
     * @param address what messages call the peer's URL
     */
    private ConnectionErrors(String environment, String peer, String address) {
        this.environment = environment;
        this.peer = peer;
        this.address = address;
    }

    /** Of connections to the API. */
    static ConnectionErrors ofTheService(String environment) {
        return new ConnectionErrors(environment, "the service", "the service URL");
    }

    /** Of connections to what gives access tokens. */
    static ConnectionErrors ofTheTokenEndpoint(String environment) {
        return new ConnectionErrors(
                "the token endpoint of " + environment, "the token endpoint", "the token endpoint's URL");
    }

    /**
     * What the caller gets.
     *
     * @param request what was asked, as messages tell it
     * @param offered the certificate that was to be presented on the connection, or null if none was
     */
    Throwable explain(String request, @Nullable OrganizationCertificate offered, Throwable error) {
        Throwable fault = Exceptions.unwrap(error);
        if (fault instanceof CallerFailure caller) {
            return caller.failure();
        }
        if (fault instanceof SignatureException || fault instanceof Error) {
            return fault;
        }
        return HandshakeFailures.explain(request, environment, offered, fault)
                .orElseGet(() -> isOfClosing(fault) ? new ClientClosedException(request) : unreachable(request, fault));
    }

    private static boolean isOfClosing(Throwable fault) {
        return fault instanceof RejectedExecutionException
                || fault.getClass().getSimpleName().equals("PoolShutdownException");
    }

    /** The pool's own exceptions are shaded into Reactor Netty, so their names are all there is to know them by. */
    private static boolean isOfThePool(Throwable fault) {
        return fault.getClass().getSimpleName().startsWith("Pool");
    }

    private ServiceUnreachableException unreachable(String request, Throwable fault) {
        boolean neverSent = fault instanceof ConnectException
                || fault instanceof UnknownHostException
                || fault instanceof SslHandshakeTimeoutException
                || fault instanceof NotSslRecordException
                || isOfThePool(fault);
        return new ServiceUnreachableException(request + ": " + whatHappened(fault), !neverSent, fault);
    }

    private String whatHappened(Throwable fault) {
        if (fault instanceof ConnectTimeoutException) {
            return "the connection was not made in time. Is " + address
                    + " right, and does a firewall or proxy stand between?";
        }
        if (fault instanceof ProxyConnectException) {
            return "the proxy made no connection: " + fault.getMessage()
                    + ". Are its address and credentials right, and does it let us through?";
        }
        if (fault instanceof ConnectException) {
            return "the connection was refused. Is " + address + " right, and does a firewall or proxy stand between?";
        }
        if (fault instanceof UnknownProxyException) {
            return "the host of the " + fault.getMessage() + " is unknown. Is it right, and does name resolution work?";
        }
        if (fault instanceof UnknownHostException) {
            return "the host is unknown. Is " + address + " right, and does name resolution work?";
        }
        if (fault instanceof SslHandshakeTimeoutException) {
            return "the TLS handshake was not finished in time. Is " + address
                    + " right, and does a firewall or proxy stand between?";
        }
        if (fault instanceof NotSslRecordException) {
            return "the server does not speak TLS. Is " + address + " right, and does a proxy stand between?";
        }
        if (fault instanceof ResponseTimeoutException) {
            return peer + " did not begin its response in time.";
        }
        if (fault instanceof ReadTimeoutException) {
            return peer + " stayed silent for too long.";
        }
        if (fault instanceof WriteTimeoutException) {
            return peer + " stopped taking the request's bytes.";
        }
        if (fault instanceof PrematureCloseException) {
            return "the connection was closed before a whole answer had come." + refusedPerhaps(fault);
        }
        if (isOfThePool(fault)) {
            return "no connection became free in time. Raise the number of connections, or make fewer calls at a time.";
        }
        if (fault instanceof TimeoutException) {
            return peer + " took too long over its answer.";
        }
        if (!(fault instanceof IOException || fault.getCause() instanceof IOException)) {
            return "the answer was not understood (" + fault.getClass().getSimpleName() + ").";
        }
        return "the connection broke: " + fault.getMessage() + "." + refusedPerhaps(fault);
    }

    /** With TLS 1.3 a refusal comes after the handshake, when writing may have failed before it could be read. */
    private static String refusedPerhaps(Throwable fault) {
        return String.valueOf(fault.getMessage()).contains("DURING response")
                ? ""
                : " A server that refuses the client certificate can look like this: whoAmI() tells whether it does.";
    }
}
