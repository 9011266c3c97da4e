package io.github.signaturereactive.samples.webflux;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Retries saving and confirming in the direct flow after an error or a crash. A token can fetch a status only once,
 * and the service does not redeliver the status as it does in the portal flow.
 */
@Component
final class UnconfirmedStatuses implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(UnconfirmedStatuses.class);

    private final SignatureJobRepository jobs;
    private final SignatureJobService service;
    private final SampleProperties properties;
    private Disposable running = Disposables.disposed();

    UnconfirmedStatuses(SignatureJobRepository jobs, SignatureJobService service, SampleProperties properties) {
        this.jobs = jobs;
        this.service = service;
        this.properties = properties;
    }

    @Override
    public synchronized void start() {
        running = Flux.interval(Duration.ZERO, properties.retryAfter())
                .onBackpressureDrop()
                .concatMap(tick -> retry(), 1)
                .subscribe(nothing -> {}, error -> LOG.error("Unconfirmed statuses are not retried any longer", error));
    }

    private Mono<Void> retry() {
        return jobs.unconfirmed()
                .flatMapIterable(unconfirmed -> unconfirmed)
                .concatMap(job -> jobs.find(job).flatMap(service::finish).onErrorResume(error -> {
                    LOG.warn("The status of {} cannot be confirmed yet: {}", job, error.getMessage());
                    return Mono.empty();
                }))
                .onErrorResume(error -> {
                    LOG.warn("Unconfirmed statuses cannot be read", error);
                    return Mono.empty();
                })
                .then();
    }

    @Override
    public synchronized void stop() {
        running.dispose();
    }

    @Override
    public synchronized boolean isRunning() {
        return !running.isDisposed();
    }
}
