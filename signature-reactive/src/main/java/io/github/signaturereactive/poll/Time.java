package io.github.signaturereactive.poll;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** How time passes here. Only differences are looked at, so it does not matter whether this machine's clock is right. */
final class Time {

    /** Time that no change of the machine's clock disturbs. */
    static final Time SYSTEM = new Time(Schedulers::parallel, System::nanoTime);

    private final Supplier<Scheduler> scheduler;
    private final LongSupplier nanos;

    private Time(Supplier<Scheduler> scheduler, LongSupplier nanos) {
        this.scheduler = scheduler;
        this.nanos = nanos;
    }

    /** Time as a scheduler sees it, which may be virtual. */
    static Time of(Scheduler scheduler) {
        return new Time(() -> scheduler, () -> scheduler.now(TimeUnit.NANOSECONDS));
    }

    long nanos() {
        return nanos.getAsLong();
    }

    Scheduler scheduler() {
        return scheduler.get();
    }
}
