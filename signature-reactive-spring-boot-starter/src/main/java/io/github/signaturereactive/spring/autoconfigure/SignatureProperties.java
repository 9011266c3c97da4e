package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.ServiceEnvironment;
import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties with the prefix {@code signature}. Blank values are treated as unset.
 *
 * @param environment Environment of the service.
 * @param serviceUrl Root URL of the API, for a test server. Defaults to the URL of the environment.
 * @param trustedCertificates Location of a PEM file with certificate authorities to trust in addition to those of the environment,
 *     for a test server. Defaults to none.
 * @param certificate Enterprise certificate of the organization as a PKCS#12 file.
 * @param ssl Enterprise certificate of the organization as an SSL bundle.
 * @param sender Organization number, nine digits, of the default sender of jobs. Defaults to the organization of the certificate.
 * @param pollingQueue Name of the default sender's polling queue. Defaults to the default queue of the service.
 * @param accessTokens Access tokens for the API.
 * @param maxJobSize Maximum total size of the documents of a job. Creating a larger job fails.
 * @param callsPerSecond Maximum number of calls per second for an organization. Further calls wait. Use 0 for no limit.
 * @param userAgent Text to add to the User-Agent header, such as the name and version of the application. Defaults to none.
 * @param wiretap Whether to log every request and response, without bodies and secrets.
 * @param proxy Proxy server for connections to the service.
 * @param calls Timeouts and connections of all calls except downloads.
 * @param downloads Timeouts and connections of downloads.
 * @param documentBundleDumpDirectory Existing directory in which to save the document bundle of each job. Defaults to none.
 * @param polling Polling for status changes.
 */
@ConfigurationProperties("signature")
public record SignatureProperties(
        @DefaultValue("production") Environment environment,
        @Nullable URI serviceUrl,
        @Nullable String trustedCertificates,
        @DefaultValue Certificate certificate,
        @DefaultValue Ssl ssl,
        @Nullable String sender,
        @Nullable String pollingQueue,
        @DefaultValue AccessTokens accessTokens,
        @DefaultValue("10MB") DataSize maxJobSize,
        @DefaultValue("10") int callsPerSecond,
        @Nullable String userAgent,
        @DefaultValue("false") boolean wiretap,
        @DefaultValue Proxy proxy,
        @DefaultValue Calls calls,
        @DefaultValue Downloads downloads,
        @Nullable File documentBundleDumpDirectory,
        @DefaultValue Polling polling) {

    /** An environment of the service. */
    public enum Environment {
        /** Production, for real jobs. */
        PRODUCTION,
        /** Test environment. */
        DIFITEST,
        /** Older test environment, without a token endpoint. */
        DIFIQA;

        ServiceEnvironment service() {
            return switch (this) {
                case PRODUCTION -> ServiceEnvironment.PRODUCTION;
                case DIFITEST -> ServiceEnvironment.DIFITEST;
                case DIFIQA -> ServiceEnvironment.DIFIQA;
            };
        }
    }

    /**
     * Configuration properties with the prefix {@code signature.certificate}.
     *
     * @param location Location of the PKCS#12 file. It is read once, at startup. Use an SSL bundle to replace the certificate at
     *     runtime. Defaults to none. Either this property or signature.ssl.bundle is required.
     * @param password Password of the PKCS#12 file and of its private key. Defaults to none.
     */
    public record Certificate(
            @Nullable String location, @Nullable String password) {

        /** Returns the location without the password. */
        @Override
        public String toString() {
            return "Certificate[location=" + location + "]";
        }
    }

    /**
     * Configuration properties with the prefix {@code signature.ssl}.
     *
     * @param bundle Name of the SSL bundle with the certificate and its private key. When the bundle is reloaded, the client uses the new
     *     certificate. Defaults to none. Either this property or signature.certificate.location is required.
     */
    public record Ssl(@Nullable String bundle) {}

    /**
     * Configuration properties with the prefix {@code signature.access-tokens}.
     *
     * @param clientId Client id issued for this certificate by the self-service portal. Enables access tokens, together with the broker id.
     *     A renewed certificate needs a new client id, so a reloaded SSL bundle does not replace the certificate. Defaults to none.
     * @param brokerId Broker id issued together with the client id. Required with a client id. Defaults to none.
     * @param tokenEndpoint URL of the token endpoint, for a test server. Defaults to the URL of the environment.
     * @param trustedCertificates Location of a PEM file with the certificate authorities to trust for
     *     signature.access-tokens.token-endpoint. Defaults to those of the Java runtime.
     */
    public record AccessTokens(
            @Nullable String clientId,
            @Nullable String brokerId,
            @Nullable URI tokenEndpoint,
            @Nullable String trustedCertificates) {}

    /**
     * Configuration properties with the prefix {@code signature.proxy}.
     *
     * @param type Type of the proxy.
     * @param host Host name or address of the proxy. Enables the proxy, together with the port. Defaults to none.
     * @param port Port of the proxy. Required with a host. Defaults to none.
     * @param username Username for the proxy. Defaults to none.
     * @param password Password for the proxy. Required with a username. Defaults to none.
     * @param noProxyHosts Hosts to connect to without the proxy, as names, addresses or patterns such as '*.example.com'. Defaults to
     *     none.
     */
    public record Proxy(
            @DefaultValue("http") Type type,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue List<String> noProxyHosts) {

        /** A type of proxy. */
        public enum Type {
            /** HTTP proxy. Connections use {@code CONNECT}. */
            HTTP,
            /** SOCKS proxy, version 5. */
            SOCKS5
        }

        /** Returns the address of the proxy without the credentials. */
        @Override
        public String toString() {
            return "Proxy[type=" + type + ", host=" + host + ", port=" + port + ", noProxyHosts=" + noProxyHosts + "]";
        }
    }

    /**
     * Configuration properties with the prefix {@code signature.calls}.
     *
     * @param connectTimeout Connect timeout. The TLS handshake has the same timeout.
     * @param acquireTimeout Maximum time to wait for a free connection.
     * @param responseTimeout Maximum time between the end of the request and the response headers.
     * @param idleTimeout Maximum time without progress while a request or response is transferred. Time spent waiting for the
     *     application is not counted.
     * @param maxConnections Maximum number of open connections.
     * @param maxPending Maximum number of requests that wait for a connection. Further requests fail immediately.
     */
    public record Calls(
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("5s") Duration acquireTimeout,
            @DefaultValue("10s") Duration responseTimeout,
            @DefaultValue("30s") Duration idleTimeout,
            @DefaultValue("10") int maxConnections,
            @DefaultValue("1000") int maxPending)
            implements Connections {}

    /**
     * Configuration properties with the prefix {@code signature.downloads}.
     *
     * @param connectTimeout Connect timeout. The TLS handshake has the same timeout.
     * @param acquireTimeout Maximum time to wait for a free connection.
     * @param responseTimeout Maximum time between the end of the request and the response headers.
     * @param idleTimeout Maximum time without progress while a document is transferred. Time spent waiting for the application is not
     *     counted.
     * @param maxConnections Maximum number of open connections.
     * @param maxPending Maximum number of requests that wait for a connection. Further requests fail immediately.
     */
    public record Downloads(
            @DefaultValue("10s") Duration connectTimeout,
            @DefaultValue("10s") Duration acquireTimeout,
            @DefaultValue("60s") Duration responseTimeout,
            @DefaultValue("30s") Duration idleTimeout,
            @DefaultValue("10") int maxConnections,
            @DefaultValue("1000") int maxPending)
            implements Connections {}

    /** The properties that calls and downloads have in common. */
    interface Connections {

        Duration connectTimeout();

        Duration acquireTimeout();

        Duration responseTimeout();

        Duration idleTimeout();

        int maxConnections();

        int maxPending();
    }

    /**
     * Configuration properties with the prefix {@code signature.polling}.
     *
     * @param enabled Whether to poll for status changes and pass them to the handlers.
     * @param concurrency Maximum number of status changes that a handler processes at a time. Changes of one job are processed in order.
     * @param backoff Time to wait after transient errors.
     * @param defaultWait Time to wait when the service does not say when it permits the next poll.
     * @param maxWait Maximum time to wait for the next permitted poll. Limits the effect of a wrong clock of the service.
     * @param jitter Maximum random time added to each wait for a permitted poll. Useful when many instances share a queue.
     * @param confirmWithin Maximum time after a status change was fetched during which its confirmation is retried.
     * @param processingTimeout Maximum time a handler may take for one status change. A handler that takes longer is cancelled and fails.
     *     Defaults to the value of signature.polling.confirm-within.
     * @param restart Time to wait after an error that ended polling, such as a rejected certificate.
     */
    public record Polling(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("1") int concurrency,
            @DefaultValue Backoff backoff,
            @DefaultValue("1m") Duration defaultWait,
            @DefaultValue("1h") Duration maxWait,
            @DefaultValue("0s") Duration jitter,
            @DefaultValue("570s") Duration confirmWithin,
            @Nullable Duration processingTimeout,
            @DefaultValue Restart restart) {

        /**
         * Configuration properties with the prefix {@code signature.polling.backoff}.
         *
         * @param first Time to wait after the first error. The wait doubles with each further error.
         * @param longest Maximum time to wait, before a random part of up to half of the wait is added.
         */
        public record Backoff(
                @DefaultValue("1s") Duration first,
                @DefaultValue("2m") Duration longest) {}

        /**
         * Configuration properties with the prefix {@code signature.polling.restart}.
         *
         * @param first Time to wait after the first error. The wait doubles with each consecutive error.
         * @param longest Maximum time to wait, before a random part of up to half of the wait is added. Used immediately after an error of
         *     the service or the client, such as a rejected certificate.
         */
        public record Restart(
                @DefaultValue("5s") Duration first,
                @DefaultValue("5m") Duration longest) {}
    }
}
