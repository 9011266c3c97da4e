package io.github.signaturereactive.poll;

import io.github.signaturereactive.poll.TestQueue.Change;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;
import org.testng.annotations.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** The checks of the Reactive Streams specification, made of both kinds of streams, with a queue that answers at once and later. */
class ReactiveStreamsTest {

    /** Each subscription is a poller of its own, and one that nothing is asked of does not come to know that its polls fail. */
    private static final Pattern DOES_NOT_APPLY =
            Pattern.compile("untested_.*|.*_multicast_.*|.*_mustSignalOnErrorWhenFails|.*_mayRejectCallsToSubscribe.*");

    @TestFactory
    Stream<DynamicTest> confirmAfterOnOneThread() {
        return checks(elements -> confirmAfter(elements, poll -> poll));
    }

    @TestFactory
    Stream<DynamicTest> confirmAfterOnThreads() {
        return checks(elements -> confirmAfter(elements, poll -> poll.subscribeOn(Schedulers.parallel())));
    }

    @TestFactory
    Stream<DynamicTest> receiveOnOneThread() {
        return checks(elements -> receive(elements, poll -> poll));
    }

    @TestFactory
    Stream<DynamicTest> receiveOnThreads() {
        return checks(elements -> receive(elements, poll -> poll.subscribeOn(Schedulers.parallel())));
    }

    private static Publisher<?> confirmAfter(long changes, UnaryOperator<Mono<Polled<Change>>> timing) {
        var queue = new FiniteQueue(changes, timing);
        return queue.changes().concurrency(3).confirmAfter(change -> Mono.empty());
    }

    private static Publisher<?> receive(long changes, UnaryOperator<Mono<Polled<Change>>> timing) {
        return new FiniteQueue(changes, timing).changes().receive();
    }

    private static Stream<DynamicTest> checks(LongFunction<Publisher<?>> publishers) {
        return Arrays.stream(PublisherVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .filter(method -> !DOES_NOT_APPLY.matcher(method.getName()).matches())
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> check(method, publishers)));
    }

    private static void check(Method method, LongFunction<Publisher<?>> publishers) throws Throwable {
        var verification = new Verification(publishers);
        verification.setUp();
        try {
            method.invoke(verification);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SkipException skipped) {
                Assumptions.abort(skipped.getMessage());
            }
            throw e.getCause();
        }
    }

    private static final class Verification extends PublisherVerification<Object> {

        private final LongFunction<Publisher<?>> publishers;

        Verification(LongFunction<Publisher<?>> publishers) {
            super(new TestEnvironment(5_000, 50, 10));
            this.publishers = publishers;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Publisher<Object> createPublisher(long elements) {
            return (Publisher<Object>) publishers.apply(elements);
        }

        @Override
        public @Nullable Publisher<Object> createFailedPublisher() {
            return null;
        }
    }

    /** A queue with so many changes, each of another job, whose stream is stopped after the last. */
    private static final class FiniteQueue implements StatusQueue<Change> {

        private final long changes;
        private final UnaryOperator<Mono<Polled<Change>>> timing;
        private final AtomicLong fetched = new AtomicLong();
        private final Sinks.Empty<Void> exhausted = Sinks.empty();

        FiniteQueue(long changes, UnaryOperator<Mono<Polled<Change>>> timing) {
            this.changes = changes;
            this.timing = timing;
            if (changes == 0) {
                exhausted.tryEmitEmpty().orThrow();
            }
        }

        StatusChanges<Change> changes() {
            return new StatusChanges<>(this, PollPermits.inMemory())
                    .defaultWait(Duration.ZERO)
                    .stopWhen(exhausted.asMono(), Duration.ofMinutes(1));
        }

        @Override
        public String name() {
            return "finite";
        }

        @Override
        public Mono<Polled<Change>> poll() {
            return timing.apply(Mono.fromSupplier(() -> {
                long number = fetched.incrementAndGet();
                if (number == changes) {
                    exhausted.tryEmitEmpty().orThrow();
                }
                return Polled.change(new Change(number, 1), null, null);
            }));
        }

        @Override
        public Mono<Void> confirm(Change change) {
            return Mono.empty();
        }

        @Override
        public long jobId(Change change) {
            return change.jobId();
        }

        @Override
        public Object identity(Change change) {
            return change;
        }
    }
}
