package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.signingservice.SigningService;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Properties of applications that use a signing service. */
final class ServiceUnderTest {

    private ServiceUnderTest() {}

    /** Returns the address of the service as properties, without a certificate. */
    static String[] location(SigningService service) {
        return new String[] {
            "signature.service-url=" + service.url(),
            "signature.trusted-certificates=" + service.trustedCertificates().resolve("ca.pem")
        };
    }

    /** Returns all properties that a client needs. */
    static String[] properties(SigningService service) {
        List<String> properties = new ArrayList<>(List.of(location(service)));
        properties.add(
                "signature.certificate.location=" + service.clientCertificate().path());
        properties.add(
                "signature.certificate.password=" + service.clientCertificate().password());
        return properties.toArray(String[]::new);
    }

    /** Returns an application with the auto-configuration only. */
    static ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, SignatureAutoConfiguration.class));
    }
}
