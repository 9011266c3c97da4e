package io.github.signaturereactive.poll;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * Calls the configured permits for one queue. A call fails if it signals or throws an error, or if it takes longer
 * than five seconds. Failed calls are reported and complete empty.
 *
 * <p>After two failed calls the poller no longer waits for the permits, so that permits that never respond do not
 * delay each change. Calls then complete empty at once. Every 30 seconds one call is made in the background, until
 * such a call succeeds.
 */
final class SharedPermits implements Disposable {

    /** The time limit of a call, during which a fetched change may wait. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final int TOLERATED_FAILURES = 2;
    private static final long TRIAL_INTERVAL = Duration.ofSeconds(30).toNanos();

    /**
     * The failures of one method of the permits. The methods may fail independently, for instance if a database is
     * read-only.
     */
    private static final class Method {
        private int failures;
    }

    private final String queue;
    private final PollPermits permits;
    private final MonotonicClock clock;
    private final Reporter reporter;
    private final Method acquire = new Method();
    private final Method notBefore = new Method();
    private final Disposable.Swap trial = Disposables.swap();
    private boolean inTrial;
    private long nextTrial;

    SharedPermits(String queue, PollPermits permits, MonotonicClock clock, Reporter reporter) {
        this.queue = queue;
        this.permits = permits;
        this.clock = clock;
        this.reporter = reporter;
    }

    /** Calls {@link PollPermits#acquire}. Completes empty, which permits the poll, if the call fails. */
    Mono<Duration> acquire() {
        return call(acquire, () -> permits.acquire(queue));
    }

    /** Calls {@link PollPermits#notBefore}. */
    Mono<Void> notBefore(Duration wait) {
        return call(notBefore, () -> permits.notBefore(queue, wait));
    }

    private <R> Mono<R> call(Method method, Supplier<Mono<R>> call) {
        return Mono.defer(() -> {
            Mono<R> bounded = CallbackSubscriber.materialize(call)
                    .timeout(LIMIT, Mono.fromSupplier(() -> Signal.error(timedOut())), clock.scheduler())
                    .doOnNext(end -> ended(method, end.getThrowable()))
                    .mapNotNull(Signal::get);
            if (isAnswering()) {
                return bounded;
            }
            if (beginTrial(method)) {
                // Subscribed to here, because the poll must not wait for the call. It is disposed of when the stream
                // ends.
                trial.update(bounded.subscribe());
            }
            return Mono.empty();
        });
    }

    private static TimeoutException timedOut() {
        return new TimeoutException("The permits did not answer within " + LIMIT + ".");
    }

    private synchronized boolean isAnswering() {
        return acquire.failures + notBefore.failures < TOLERATED_FAILURES;
    }

    private synchronized boolean beginTrial(Method method) {
        if (inTrial || method.failures == 0 || clock.nanos() - nextTrial < 0) {
            return false;
        }
        inTrial = true;
        return true;
    }

    private void ended(Method method, @Nullable Throwable error) {
        synchronized (this) {
            inTrial = false;
            method.failures = error == null ? 0 : Math.min(TOLERATED_FAILURES, method.failures + 1);
            nextTrial = clock.nanos() + TRIAL_INTERVAL;
        }
        if (error != null) {
            reporter.report(new PollEvent.PermitsUnavailable(queue, CallbackSubscriber.unwrap(error)));
        }
    }

    @Override
    public void dispose() {
        trial.dispose();
    }
}
