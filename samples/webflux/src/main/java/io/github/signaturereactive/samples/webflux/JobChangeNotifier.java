package io.github.signaturereactive.samples.webflux;

import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Notifies open pages of the id of each changed job. Subscribers read the database, so a missed notification loses no
 * data.
 */
@Component
final class JobChangeNotifier {

    private static final Duration RETRY_LIMIT = Duration.ofSeconds(1);

    /** A sink, because changes come from transactions and go to browsers, which subscribe and cancel independently. */
    private final Sinks.Many<String> changed = Sinks.many().multicast().directBestEffort();

    /** Notifies subscribers that the job has changed. Must be called after the transaction. */
    void notifyChanged(String job) {
        changed.emitNext(job, Sinks.EmitFailureHandler.busyLooping(RETRY_LIMIT));
    }

    /**
     * Emits the id of the job for each later change of it. Several changes are merged into one if the subscriber is
     * slow.
     */
    Flux<String> changesOf(String job) {
        return changed.asFlux().filter(job::equals).onBackpressureLatest();
    }
}
