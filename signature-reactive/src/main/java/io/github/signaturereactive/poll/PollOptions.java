package io.github.signaturereactive.poll;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The options of polling. They are changed only in a copy, before the copy is published. */
final class PollOptions {

    /** The longest duration of an option. Much longer durations overflow a {@code long} of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    int concurrency = 1;
    ProcessingFailure processingFailure = ProcessingFailure.leaveForLater();
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));
    Duration defaultWait = Duration.ofMinutes(1);

    /** The longest wait for a permitted time. */
    Duration maxWait = Duration.ofHours(1);

    /** How long the service's rate limiter blocks an organization after too many requests. */
    Duration rateLimiterPause = Duration.ofSeconds(30);

    /** How long the service hides a change after it was fetched, see the service's documentation of polling. */
    Duration hidingTime = Duration.ofMinutes(10);

    Duration jitter = Duration.ZERO;
    Duration confirmWithin = Duration.ofSeconds(570);

    /** If null, {@link #confirmWithin} applies. */
    @Nullable
    Duration processingTimeout;

    @Nullable
    Consumer<? super PollEvent> listener;

    PollPermits permits;
    MonotonicClock clock = MonotonicClock.SYSTEM;

    /** The scheduler on which processing and listeners are called. It must allow blocking. */
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

    /**
     * Checks an option that makes the poller wait. An endless wait would silently stop polling, so too long values
     * are rejected.
     */
    static Duration wait(String option, Duration value) {
        if (requireNotNegative(option, value).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    option + " must be at most " + LONGEST.toDays() + " days, but was " + value);
        }
        return value;
    }

    /** Checks a time limit, and caps it. A very long value means that there is no limit. */
    static Duration limit(String option, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(option + " must be more than zero, but was " + value);
        }
        return capped(value);
    }

    static Duration requireNotNegative(String option, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(option + " must not be negative, but was " + value);
        }
        return value;
    }

    static Duration capped(Duration value) {
        return value.compareTo(LONGEST) > 0 ? LONGEST : value;
    }
}
