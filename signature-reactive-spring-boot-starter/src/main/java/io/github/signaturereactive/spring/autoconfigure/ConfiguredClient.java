package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.ServiceEnvironment;
import io.github.signaturereactive.connection.ConnectionSettings;
import io.github.signaturereactive.connection.ProxySettings;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.spring.SignatureConnectionDetails;
import java.io.File;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates the configuration of the client from properties and connection details. */
final class ConfiguredClient {

    private static final String CLIENT_ID = "signature.access-tokens.client-id";
    private static final String BROKER_ID = "signature.access-tokens.broker-id";

    private final SignatureProperties properties;
    private final SignatureConnectionDetails connection;

    ConfiguredClient(SignatureProperties properties, SignatureConnectionDetails connection) {
        this.properties = properties;
        this.connection = connection;
    }

    /**
     * Returns a builder with the configuration.
     *
     * @throws SignaturePropertyException if a property is missing or invalid
     */
    ClientConfiguration.Builder builder() {
        OrganizationCertificate certificate = connection.organizationCertificate();
        ClientConfiguration.Builder builder = ClientConfiguration.builder(certificate)
                .environment(environment())
                .calls(settings -> connections("signature.calls", properties.calls(), settings))
                .downloads(settings -> connections("signature.downloads", properties.downloads(), settings));
        builder = maxJobSize(builder, properties.maxJobSize().toBytes());
        builder = properties.callsPerSecond() == 0
                ? builder.unlimitedCalls()
                : callsPerSecond(builder, properties.callsPerSecond());
        Sender sender = sender(certificate);
        if (sender != null) {
            builder = builder.defaultSender(sender);
        }
        String userAgent = properties.userAgent();
        if (userAgent != null) {
            builder = userAgent(builder, userAgent);
        }
        ProxySettings proxy = proxy();
        if (proxy != null) {
            builder = builder.proxy(proxy);
        }
        if (properties.wiretap()) {
            builder = builder.wiretap();
        }
        File directory = properties.documentBundleDumpDirectory();
        if (directory != null) {
            builder = builder.enableDocumentBundleDiskDump(existing(directory).toPath());
        }
        return withAccessTokens(builder);
    }

    private ServiceEnvironment environment() {
        ServiceEnvironment environment = properties.environment().service();
        URI serviceUrl = connection.serviceUrl();
        if (serviceUrl != null) {
            ServiceEnvironment original = environment;
            environment = SignaturePropertyException.naming(
                    "signature.service-url",
                    "Set 'signature.service-url' to the root URL of the API, such as https://localhost:8443/api, or remove"
                            + " it to use that of 'signature.environment'.",
                    () -> original.withServiceUrl(serviceUrl));
        }
        ServiceEnvironment trusting =
                environment.withTrusted(connection.trustedCertificates().toArray(X509Certificate[]::new));
        URI tokenEndpoint = connection.tokenEndpoint();
        if (tokenEndpoint == null
                && !connection.tokenEndpointTrustedCertificates().isEmpty()) {
            throw new SignaturePropertyException(
                    "signature.access-tokens.trusted-certificates",
                    "'signature.access-tokens.trusted-certificates' is set, but 'signature.access-tokens.token-endpoint' is not.",
                    "Set 'signature.access-tokens.token-endpoint' too, or remove 'signature.access-tokens.trusted-certificates'"
                            + " to trust the certificate authorities of the Java runtime.",
                    null);
        }
        return tokenEndpoint == null
                ? trusting
                : SignaturePropertyException.naming(
                        "signature.access-tokens.token-endpoint",
                        "Set 'signature.access-tokens.token-endpoint' to an https URL, or remove it to use that of"
                                + " 'signature.environment'.",
                        () -> trusting.withTokenEndpoint(tokenEndpoint, connection.tokenEndpointTrustedCertificates()));
    }

    private ClientConfiguration.Builder withAccessTokens(ClientConfiguration.Builder builder) {
        String clientId = properties.accessTokens().clientId();
        String brokerId = properties.accessTokens().brokerId();
        if (clientId == null && brokerId == null) {
            return builder;
        }
        if (clientId == null || brokerId == null) {
            String missing = clientId == null ? CLIENT_ID : BROKER_ID;
            throw new SignaturePropertyException(
                    missing,
                    "Only one of '" + CLIENT_ID + "' and '" + BROKER_ID + "' is set.",
                    "Set '" + missing + "' too, or remove both to authenticate with the certificate.",
                    null);
        }
        if (properties.environment() == SignatureProperties.Environment.DIFIQA && connection.tokenEndpoint() == null) {
            throw new SignaturePropertyException(
                    "signature.environment",
                    "'" + CLIENT_ID
                            + "' is set, but 'signature.environment' is set to difiqa, which has no token endpoint.",
                    "Set 'signature.environment' to production or difitest, or remove '" + CLIENT_ID + "' and '"
                            + BROKER_ID + "' to authenticate with the certificate.",
                    null);
        }
        // The first call has a valid broker id, so that its error concerns the client id.
        ClientConfiguration.Builder checked =
                issued(CLIENT_ID, "client id", () -> builder.accessTokens(clientId, CLIENT_ID));
        return issued(BROKER_ID, "broker id", () -> checked.accessTokens(clientId, brokerId));
    }

    private static ClientConfiguration.Builder issued(
            String property, String id, Supplier<ClientConfiguration.Builder> change) {
        return SignaturePropertyException.naming(
                property,
                "Set '" + property + "' to the " + id + " that the self-service portal issued for this certificate.",
                change);
    }

    private @Nullable Sender sender(OrganizationCertificate certificate) {
        String number = properties.sender();
        String organization = number != null ? number : certificate.organizationNumber();
        PollingQueue queue = queue();
        if (organization == null) {
            if (queue.isDefault()) {
                return null;
            }
            throw new SignaturePropertyException(
                    "signature.sender",
                    "'signature.polling-queue' is set, but 'signature.sender' is not, and the certificate contains no"
                            + " organization number.",
                    "Set 'signature.sender' to the organization number of the sender, nine digits.",
                    null);
        }
        return SignaturePropertyException.naming(
                "signature.sender",
                "Set 'signature.sender' to the organization number of the sender, nine digits, or remove it to use the"
                        + " organization of the certificate.",
                () -> new Sender(organization, queue));
    }

    private PollingQueue queue() {
        String name = properties.pollingQueue();
        return name == null
                ? PollingQueue.DEFAULT
                : SignaturePropertyException.naming(
                        "signature.polling-queue",
                        "Set 'signature.polling-queue' to the name of a queue, or remove it to use the default queue.",
                        () -> PollingQueue.of(name));
    }

    private static ClientConfiguration.Builder maxJobSize(ClientConfiguration.Builder builder, long bytes) {
        return SignaturePropertyException.naming(
                "signature.max-job-size",
                "Set 'signature.max-job-size' to a positive size, such as '10MB'.",
                () -> builder.maxJobSize(bytes));
    }

    private static ClientConfiguration.Builder callsPerSecond(ClientConfiguration.Builder builder, int calls) {
        return SignaturePropertyException.naming(
                "signature.calls-per-second",
                "Set 'signature.calls-per-second' to 1 or more, or to 0 for no limit.",
                () -> builder.callsPerSecond(calls));
    }

    private static ClientConfiguration.Builder userAgent(ClientConfiguration.Builder builder, String addition) {
        return SignaturePropertyException.naming(
                "signature.user-agent",
                "Set 'signature.user-agent' to the application's name and version, such as my-application/1.0.",
                () -> builder.includeInUserAgent(addition));
    }

    private @Nullable ProxySettings proxy() {
        SignatureProperties.Proxy proxy = properties.proxy();
        String host = proxy.host();
        Integer port = proxy.port();
        if (host == null && port == null && proxy.username() == null && proxy.password() == null) {
            return null;
        }
        if (host == null || port == null) {
            String missing = host == null ? "signature.proxy.host" : "signature.proxy.port";
            throw new SignaturePropertyException(
                    missing,
                    "Some of the properties 'signature.proxy.*' are set, but '" + missing + "' is not.",
                    "Set both 'signature.proxy.host' and 'signature.proxy.port', or remove all of 'signature.proxy.*'.",
                    null);
        }
        ProxySettings.Builder settings = SignaturePropertyException.naming(
                host.isBlank() ? "signature.proxy.host" : "signature.proxy.port",
                "Set 'signature.proxy.host' to the host name or address of the proxy and 'signature.proxy.port' to its port.",
                () -> switch (proxy.type()) {
                    case HTTP -> ProxySettings.http(host, port);
                    case SOCKS5 -> ProxySettings.socks5(host, port);
                });
        return withCredentials(settings, proxy.username(), proxy.password())
                .noProxyHosts(proxy.noProxyHosts().toArray(String[]::new))
                .build();
    }

    private static ProxySettings.Builder withCredentials(
            ProxySettings.Builder settings, @Nullable String username, @Nullable String password) {
        if (username == null && password == null) {
            return settings;
        }
        if (username == null || password == null) {
            String missing = username == null ? "signature.proxy.username" : "signature.proxy.password";
            throw new SignaturePropertyException(
                    missing,
                    "Only one of 'signature.proxy.username' and 'signature.proxy.password' is set.",
                    "Set '" + missing + "' too, or remove both if the proxy requires no authentication.",
                    null);
        }
        return settings.credentials(username, password);
    }

    private static File existing(File directory) {
        if (!directory.isDirectory()) {
            throw new SignaturePropertyException(
                    "signature.document-bundle-dump-directory",
                    "'signature.document-bundle-dump-directory' is set to '" + directory
                            + "', which is not an existing directory.",
                    "Create the directory, or remove the property to save no document bundles.",
                    null);
        }
        return directory;
    }

    private static ConnectionSettings.Builder connections(
            String prefix, SignatureProperties.Connections wanted, ConnectionSettings.Builder settings) {
        ConnectionSettings.Builder result =
                checked(prefix + ".connect-timeout", wanted.connectTimeout(), settings::connectTimeout);
        result = checked(prefix + ".acquire-timeout", wanted.acquireTimeout(), result::acquireTimeout);
        result = checked(prefix + ".response-timeout", wanted.responseTimeout(), result::responseTimeout);
        result = checked(prefix + ".idle-timeout", wanted.idleTimeout(), result::idleTimeout);
        result = checked(prefix + ".max-connections", wanted.maxConnections(), result::maxConnections);
        return checked(prefix + ".max-pending", wanted.maxPending(), result::maxPending);
    }

    private static <T> ConnectionSettings.Builder checked(
            String property, T value, Function<T, ConnectionSettings.Builder> setting) {
        return SignaturePropertyException.naming(
                property,
                "Set '" + property + "' to a valid value, or remove it to use the default.",
                () -> setting.apply(value));
    }
}
