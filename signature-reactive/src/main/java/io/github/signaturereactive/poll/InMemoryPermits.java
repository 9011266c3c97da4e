package io.github.signaturereactive.poll;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/** Permits in a map, which holds for each queue the time before which it must not be polled. */
final class InMemoryPermits implements PollPermits {

    /** The time after which a permit expires. */
    static final long ONE_POLL = Duration.ofSeconds(3).toNanos();

    private final MonotonicClock clock;
    private final Map<String, Long> notBefore = new ConcurrentHashMap<>();

    InMemoryPermits(MonotonicClock clock) {
        this.clock = clock;
    }

    @Override
    public Mono<Duration> acquire(String queue) {
        return Mono.fromSupplier(() -> {
            long now = clock.nanos();
            var wait = new AtomicLong();
            notBefore.compute(queue, (name, permitted) -> {
                wait.set(permitted == null ? 0 : Math.max(0, permitted - now));
                return wait.get() == 0 ? Long.valueOf(now + ONE_POLL) : permitted;
            });
            return Duration.ofNanos(wait.get());
        });
    }

    @Override
    public Mono<Void> notBefore(String queue, Duration wait) {
        return Mono.fromRunnable(() -> {
            if (wait.isZero()) {
                notBefore.remove(queue);
            } else {
                notBefore.put(queue, clock.nanos() + PollOptions.capped(wait).toNanos());
            }
        });
    }
}
