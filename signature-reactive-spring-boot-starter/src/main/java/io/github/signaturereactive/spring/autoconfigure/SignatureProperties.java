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
 * The properties {@code signature.*}. Blank values are treated as unset.
 *
 * @param environment Environment of the service.
 * @param serviceUrl Root URL of the API, for stand-ins of the service. Defaults to that of the environment.
 * @param trustedCertificates Location of a PEM file with authorities that the server's certificate may lead to besides those of
 *     the environment, for stand-ins of the service. Defaults to none.
 * @param certificate Enterprise certificate of the organization as a PKCS#12 file.
 * @param ssl Enterprise certificate of the organization as an SSL bundle.
 * @param sender Organization number, nine digits, of the sender of jobs that name none. Defaults to the organization of the
 *     certificate.
 * @param pollingQueue Name of the queue on which the status changes of the sender's jobs arrive. Defaults to the service's default
 *     queue.
 * @param accessTokens Access tokens instead of the certificate towards the API.
 * @param maxJobSize How large the documents of a job may be together. Larger jobs are refused before anything is sent.
 * @param callsPerSecond How many calls an organization may make in a second; more are spaced out. 0 for no limit.
 * @param userAgent What the User-Agent header tells besides the library, such as the application's name and version. Defaults to
 *     nothing.
 * @param wiretap Whether every request and answer is logged, without bodies and secrets.
 * @param proxy Proxy between the application and the service.
 * @param calls Time-outs and connections of all calls but downloads.
 * @param downloads Time-outs and connections of downloads.
 * @param documentBundleDumpDirectory Existing directory in which the document bundle of each created job is saved. Defaults to none
 *     being saved.
 * @param polling How handlers of status changes are given theirs.
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
        /** For real jobs. */
        PRODUCTION,
        /** For tests. */
        DIFITEST,
        /** An older environment for tests. */
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
     * The properties {@code signature.certificate.*}.
     *
     * @param location Location of the PKCS#12 file, which is read once; a certificate that is replaced while the application
     *     runs belongs in an SSL bundle. Defaults to none; either this or signature.ssl.bundle is required.
     * @param password Password of the PKCS#12 file and of the key in it. Defaults to none.
     */
    public record Certificate(
            @Nullable String location, @Nullable String password) {

        /** Tells the location, not the password. */
        @Override
        public String toString() {
            return "Certificate[location=" + location + "]";
        }
    }

    /**
     * The properties {@code signature.ssl.*}.
     *
     * @param bundle Name of the SSL bundle with the certificate and its key. If it reloads on update, so does the
     *     client. Defaults to none; either this or signature.certificate.location is required.
     */
    public record Ssl(@Nullable String bundle) {}

    /**
     * The properties {@code signature.access-tokens.*}.
     *
     * @param clientId Client for which access tokens are asked, as the self-service portal gave it. Setting it turns access tokens
     *     on. A renewed certificate has a new one, so that an SSL bundle that reloads is of no use here. Defaults to none.
     * @param brokerId What the self-service portal gave together with the client id. Defaults to none; required with a client id.
     * @param tokenEndpoint URL of the token endpoint, for stand-ins of it. Defaults to that of the environment.
     * @param trustedCertificates Location of a PEM file with the authorities that the certificate of signature.access-tokens.token-endpoint
     *     has to lead to. Defaults to those that the Java runtime trusts.
     */
    public record AccessTokens(
            @Nullable String clientId,
            @Nullable String brokerId,
            @Nullable URI tokenEndpoint,
            @Nullable String trustedCertificates) {}

    /**
     * The properties {@code signature.proxy.*}.
     *
     * @param type Kind of proxy.
     * @param host Name or address of the proxy. Setting it turns the proxy on. Defaults to none.
     * @param port Port of the proxy. Defaults to none; required with a host.
     * @param username User name at the proxy. Defaults to not logging in.
     * @param password Password at the proxy. Defaults to none; required with a user name.
     * @param noProxyHosts Names or addresses of hosts that are reached without the proxy; '*.example.com' stands for all
     *     below it. Defaults to none.
     */
    public record Proxy(
            @DefaultValue("http") Type type,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue List<String> noProxyHosts) {

        /** A kind of proxy. */
        public enum Type {
            /** HTTP, by {@code CONNECT}. */
            HTTP,
            /** SOCKS of version 5. */
            SOCKS5
        }

        /** Tells where the proxy is, not how to log in. */
        @Override
        public String toString() {
            return "Proxy[type=" + type + ", host=" + host + ", port=" + port + ", noProxyHosts=" + noProxyHosts + "]";
        }
    }

    /**
     * The properties {@code signature.calls.*}.
     *
     * @param connectTimeout How long a connection, and the TLS handshake after it, may take.
     * @param acquireTimeout How long to wait for a connection to become free.
     * @param responseTimeout How long the service may take, once it has the whole request, until its answer begins.
     * @param idleTimeout How long the service may stand still in the middle of a request or an answer.
     * @param maxConnections How many connections may be open at a time.
     * @param maxPending How many requests may wait for a connection at a time; more fail at once.
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
     * The properties {@code signature.downloads.*}.
     *
     * @param connectTimeout How long a connection, and the TLS handshake after it, may take.
     * @param acquireTimeout How long to wait for a connection to become free.
     * @param responseTimeout How long the service may take, once it has the whole request, until its answer begins.
     * @param idleTimeout How long the service may stand still in the middle of a document. What a slow reader takes is not counted.
     * @param maxConnections How many connections may be open at a time.
     * @param maxPending How many requests may wait for a connection at a time; more fail at once.
     */
    public record Downloads(
            @DefaultValue("10s") Duration connectTimeout,
            @DefaultValue("10s") Duration acquireTimeout,
            @DefaultValue("60s") Duration responseTimeout,
            @DefaultValue("30s") Duration idleTimeout,
            @DefaultValue("10") int maxConnections,
            @DefaultValue("1000") int maxPending)
            implements Connections {}

    /** What calls and downloads have in common. */
    interface Connections {

        Duration connectTimeout();

        Duration acquireTimeout();

        Duration responseTimeout();

        Duration idleTimeout();

        int maxConnections();

        int maxPending();
    }

    /**
     * The properties {@code signature.polling.*}.
     *
     * @param enabled Whether handlers of status changes are given any; if not, nothing is polled.
     * @param concurrency How many changes a handler is given at a time; those of one job always come one by one.
     * @param backoff How long to wait after faults that can heal.
     * @param defaultWait How long to wait where the service does not say when it permits the next poll.
     * @param maxWait Longest wait for the time at which the service permits the next poll, in case its clock is wrong.
     * @param jitter How much later than permitted to poll, at most and at random. For many instances that share a queue.
     * @param confirmWithin How long after a change was fetched its confirmation is repeated if it fails.
     * @param processingTimeout Time limit of a handler for one change, after which it is cancelled and has failed. Defaults to
     *     signature.polling.confirm-within.
     * @param restart How long to wait after an error that ended polling, such as a refusal by the service.
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
         * The properties {@code signature.polling.backoff.*}.
         *
         * @param first How long to wait after the first fault; twice as long after each one more.
         * @param longest The longest wait, to which a random part of up to half of it is added.
         */
        public record Backoff(
                @DefaultValue("1s") Duration first,
                @DefaultValue("2m") Duration longest) {}

        /**
         * The properties {@code signature.polling.restart.*}.
         *
         * @param first How long to wait after the first error; twice as long after each one more in a row.
         * @param longest The longest wait, to which a random part of up to half of it is added. It applies at once after a refusal.
         */
        public record Restart(
                @DefaultValue("5s") Duration first,
                @DefaultValue("5m") Duration longest) {}
    }
}
