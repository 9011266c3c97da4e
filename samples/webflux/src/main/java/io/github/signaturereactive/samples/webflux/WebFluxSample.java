package io.github.signaturereactive.samples.webflux;

import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The application. It requires the properties {@code signature.*}, see {@code application.yaml}. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(SampleProperties.class)
public final class WebFluxSample {

    /** Starts the application. */
    public static void main(String[] arguments) {
        SpringApplication.run(WebFluxSample.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * Returns the scheduler for subscribing to the database. H2 runs in this process, on the calling thread and
     * blocking, although it has an R2DBC driver. Drivers of other databases do not block and may be called on an
     * event loop.
     */
    @Bean(destroyMethod = "") // schedulers of Reactor are shared
    Scheduler databaseScheduler(ConnectionFactory connections) {
        return connections.getMetadata().getName().equals("H2") ? Schedulers.boundedElastic() : Schedulers.immediate();
    }
}
