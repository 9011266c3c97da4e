package io.github.signaturereactive.samples.webflux;

import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Tells the pages that are being looked at which job has changed. It tells no more than that, so nothing is lost if it is not
 * heard: whoever listens reads the database.
 */
@Component
final class News {

    private static final Duration CONTENTION = Duration.ofSeconds(1);

    /** A sink, because the changes come from transactions and go to browsers, which come and go without regard to each other. */
    private final Sinks.Many<String> changed = Sinks.many().multicast().directBestEffort();

    /** The job has changed, and the database says so. */
    void changed(String job) {
        changed.emitNext(job, Sinks.EmitFailureHandler.busyLooping(CONTENTION));
    }

    /** A signal for each change of the job from now on; who is slow gets one for several. */
    Flux<String> of(String job) {
        return changed.asFlux().filter(job::equals).onBackpressureLatest();
    }
}
