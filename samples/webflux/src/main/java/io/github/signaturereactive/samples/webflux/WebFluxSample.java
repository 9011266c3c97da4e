package io.github.signaturereactive.samples.webflux;

import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The application. It wants the properties {@code signature.*}, see {@code application.yaml}. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(SampleProperties.class)
public final class WebFluxSample {

    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(WebFluxSample.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * Where the database is talked to. H2's driver has an R2DBC face, but the database is in this process and works on the
     * thread that asks; others answer from elsewhere, and may be asked on an event loop.
     */
    @Bean(destroyMethod = "") // shared with everybody
    Scheduler databaseScheduler(ConnectionFactory connections) {
        return connections.getMetadata().getName().equals("H2") ? Schedulers.boundedElastic() : Schedulers.immediate();
    }
}
