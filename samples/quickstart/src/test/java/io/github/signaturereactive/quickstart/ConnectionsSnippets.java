package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.ServiceEnvironment;
import io.github.signaturereactive.connection.ProxySettings;
import io.github.signaturereactive.security.OrganizationCertificate;
import java.time.Duration;

/** The Java code of docs/connections.md. Each region between two markers is quoted there literally. */
@SuppressWarnings("unused") // only compiled
final class ConnectionsSnippets {

    private ConnectionsSnippets() {}

    static ClientConfiguration settings(OrganizationCertificate certificate) {
        // [settings
        ClientConfiguration configuration = ClientConfiguration.builder(certificate)
                .environment(ServiceEnvironment.PRODUCTION)
                .calls(calls -> calls.connectTimeout(Duration.ofSeconds(3)).maxConnections(20))
                .downloads(downloads -> downloads.idleTimeout(Duration.ofMinutes(1)))
                .build();
        // settings]
        return configuration;
    }

    static ClientConfiguration proxy(OrganizationCertificate certificate, String password) {
        // [proxy
        ClientConfiguration configuration = ClientConfiguration.builder(certificate)
                .proxy(ProxySettings.http("proxy.example.com", 3128)
                        .credentials("user", password)
                        .noProxyHosts("*.example.com")
                        .build())
                .build();
        // proxy]
        return configuration;
    }
}
