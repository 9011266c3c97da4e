package io.github.signaturereactive.poll;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A clock that only measures differences of time, and the scheduler whose timers follow it. */
final class MonotonicClock {

    /** The clock of {@link System#nanoTime()}, which does not change when the machine's wall clock is set. */
    static final MonotonicClock SYSTEM = new MonotonicClock(Schedulers::parallel, System::nanoTime);

    private final Supplier<Scheduler> scheduler;
    private final LongSupplier nanos;

    private MonotonicClock(Supplier<Scheduler> scheduler, LongSupplier nanos) {
        this.scheduler = scheduler;
        this.nanos = nanos;
    }

    /** Returns the clock of a scheduler, which may be virtual. */
    static MonotonicClock of(Scheduler scheduler) {
        return new MonotonicClock(() -> scheduler, () -> scheduler.now(TimeUnit.NANOSECONDS));
    }

    long nanos() {
        return nanos.getAsLong();
    }

    Scheduler scheduler() {
        return scheduler.get();
    }
}
