package io.github.signaturereactive.spring.actuate;

import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.security.OrganizationCertificate;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Tells, as {@code signature}, which service is used and as whom: environment, host, the library's version, the organization number of
 * the certificate, and when that expires.
 */
public final class SignatureInfoContributor implements InfoContributor {

    private final SignatureClient client;
    private final @Nullable String environment;
    private final @Nullable URI serviceUrl;

    /**
     * Tells of a client.
     *
     * @param client has the certificate
     * @param environment the environment's name, or null if it is not known
     * @param serviceUrl the service's URL, or null if it is not known
     */
    public SignatureInfoContributor(SignatureClient client, @Nullable String environment, @Nullable URI serviceUrl) {
        this.client = client;
        this.environment = environment;
        this.serviceUrl = serviceUrl;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (environment != null) {
            details.put("environment", environment);
        }
        if (serviceUrl != null) {
            details.put("host", serviceUrl.getHost());
        }
        @Nullable String version = SignatureClient.class.getPackage().getImplementationVersion();
        details.put("version", version == null ? "development" : version);
        OrganizationCertificate certificate = client.certificate();
        @Nullable String organizationNumber = certificate.organizationNumber();
        if (organizationNumber != null) {
            details.put("organizationNumber", organizationNumber);
        }
        details.put("certificateExpiresAt", certificate.expiresAt().toString());
        builder.withDetail("signature", details);
    }
}
