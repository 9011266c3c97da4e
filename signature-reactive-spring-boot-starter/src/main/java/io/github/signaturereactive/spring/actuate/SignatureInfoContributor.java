package io.github.signaturereactive.spring.actuate;

import io.github.signaturereactive.ServiceEnvironment;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.security.OrganizationCertificate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * An info contributor that adds {@code signature} with {@code environment}, {@code host}, {@code version}, {@code organizationNumber} and
 * {@code certificateExpiresAt}. The version is that of the library. The organization number is that of the certificate, if it contains one.
 */
public final class SignatureInfoContributor implements InfoContributor {

    private final SignatureClient client;

    /**
     * Creates a contributor for this client.
     *
     * @param client the client
     */
    public SignatureInfoContributor(SignatureClient client) {
        this.client = client;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> details = new LinkedHashMap<>();
        ServiceEnvironment environment = client.configuration().environment();
        details.put("environment", environment.name());
        details.put("host", environment.serviceUrl().getHost());
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
