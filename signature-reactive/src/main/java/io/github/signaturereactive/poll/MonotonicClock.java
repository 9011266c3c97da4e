package io.github.signaturereactive.poll;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The scheduler of timers and a monotonic clock that measures time differences. Wall-clock time is separate, because
 * the wall clock may be set at any time.
 */
final class MonotonicClock {

    /** The clock of {@link System#nanoTime()}, which is not affected when the wall clock of the machine is set. */
    static final MonotonicClock SYSTEM = new MonotonicClock(Schedulers::parallel, System::nanoTime, Instant::now);

    private final Supplier<Scheduler> scheduler;
    private final LongSupplier nanos;
    private final Supplier<Instant> wallTime;

    private MonotonicClock(Supplier<Scheduler> scheduler, LongSupplier nanos, Supplier<Instant> wallTime) {
        this.scheduler = scheduler;
        this.nanos = nanos;
        this.wallTime = wallTime;
    }

    /** Returns the clock of a scheduler, which may be virtual. */
    static MonotonicClock of(Scheduler scheduler) {
        return new MonotonicClock(
                () -> scheduler,
                () -> scheduler.now(TimeUnit.NANOSECONDS),
                () -> Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS)));
    }

    long nanos() {
        return nanos.getAsLong();
    }

    /** Returns the wall-clock time of this machine, which may be wrong. */
    Instant wallTime() {
        return wallTime.get();
    }

    Scheduler scheduler() {
        return scheduler.get();
    }
}
