package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.spring.SignatureConnectionDetails;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Starts a signing service in this process and connects the application to it. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class DemoSigningService {

    private static final Duration EAGER = Duration.ofMillis(500);

    @Bean(destroyMethod = "close")
    SigningService signingService() {
        return SigningService.builder().pollInterval(EAGER).start();
    }

    @Bean
    SignatureConnectionDetails signatureConnectionDetails(SigningService service) {
        var certificate = OrganizationCertificate.fromPkcs12(
                service.clientCertificate().path(),
                service.clientCertificate().password().toCharArray());
        return new SignatureConnectionDetails() {
            @Override
            public URI serviceUrl() {
                return service.url();
            }

            @Override
            public List<X509Certificate> trustedCertificates() {
                return List.of(service.certificateAuthority());
            }

            @Override
            public OrganizationCertificate organizationCertificate() {
                return certificate;
            }
        };
    }
}
