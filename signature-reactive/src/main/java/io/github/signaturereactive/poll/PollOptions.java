package io.github.signaturereactive.poll;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The options of polling. They are changed only in a copy before it is published. */
final class PollOptions {

    int concurrency = 1;
    ProcessingFailure processingFailure = ProcessingFailure.leaveForLater();
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));
    Duration defaultWait = Duration.ofMinutes(1);

    /** The longest wait for a permitted time. */
    Duration maxWait = Duration.ofHours(1);

    /** How long the service's rate limiter blocks an organization after too many calls. */
    Duration rateLimiterPause = Duration.ofSeconds(30);

    /** How long the service hides a change that was fetched. */
    Duration hidingTime = Duration.ofMinutes(10);

    Duration jitter = Duration.ZERO;
    Duration confirmWithin = Duration.ofSeconds(570);

    /** Null for the same as {@link #confirmWithin}. */
    @Nullable
    Duration processingTimeout;

    @Nullable
    Consumer<? super PollEvent> listener;

    PollPermits permits;
    MonotonicClock clock = MonotonicClock.SYSTEM;

    /** The scheduler on which processing and listeners are called. They may block there. */
    Supplier<Scheduler> callbacks = Schedulers::boundedElastic;

    Publisher<?> stop = Mono.never();
    Duration drainWithin = Duration.ZERO;

    PollOptions(PollPermits permits) {
        this.permits = permits;
    }

    Duration processingTimeout() {
        return processingTimeout == null ? confirmWithin : processingTimeout;
    }

    PollOptions copy() {
        var copy = new PollOptions(permits);
        copy.concurrency = concurrency;
        copy.processingFailure = processingFailure;
        copy.backoff = backoff;
        copy.defaultWait = defaultWait;
        copy.maxWait = maxWait;
        copy.rateLimiterPause = rateLimiterPause;
        copy.hidingTime = hidingTime;
        copy.jitter = jitter;
        copy.confirmWithin = confirmWithin;
        copy.processingTimeout = processingTimeout;
        copy.listener = listener;
        copy.clock = clock;
        copy.callbacks = callbacks;
        copy.stop = stop;
        copy.drainWithin = drainWithin;
        return copy;
    }
}
