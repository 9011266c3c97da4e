package io.github.signaturereactive.poll;

import java.time.Duration;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** What can be configured of polling. Changed only in a copy that nobody else has seen. */
final class PollOptions {

    int concurrency = 1;
    ProcessingFailure processingFailure = ProcessingFailure.leaveForLater();
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));
    Duration defaultWait = Duration.ofMinutes(1);

    /** For so long the service's rate limiter blocks an organization that has made too many calls. */
    Duration rateLimiterPause = Duration.ofSeconds(30);

    Duration jitter = Duration.ZERO;
    Duration confirmWithin = Duration.ofSeconds(570);
    Consumer<? super PollEvent> listener = event -> {};
    PollPermits permits;
    MonotonicClock clock = MonotonicClock.SYSTEM;
    Publisher<?> stop = Mono.never();
    Duration drainWithin = Duration.ZERO;

    PollOptions(PollPermits permits) {
        this.permits = permits;
    }

    PollOptions copy() {
        var copy = new PollOptions(permits);
        copy.concurrency = concurrency;
        copy.processingFailure = processingFailure;
        copy.backoff = backoff;
        copy.defaultWait = defaultWait;
        copy.rateLimiterPause = rateLimiterPause;
        copy.jitter = jitter;
        copy.confirmWithin = confirmWithin;
        copy.listener = listener;
        copy.clock = clock;
        copy.stop = stop;
        copy.drainWithin = drainWithin;
        return copy;
    }
}
