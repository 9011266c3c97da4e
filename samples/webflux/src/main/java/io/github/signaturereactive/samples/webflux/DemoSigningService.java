package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.spring.SignatureConnectionDetails;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Starts a signing service in this process and connects the application to it. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class DemoSigningService {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    @Bean(destroyMethod = "close")
    SigningService signingService() {
        return SigningService.builder().pollInterval(POLL_INTERVAL).start();
    }

    @Bean
    SignatureConnectionDetails signatureConnectionDetails(SigningService service) {
        return new SigningServiceConnectionDetails(service);
    }
}
