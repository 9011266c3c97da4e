package io.github.signaturereactive.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.poll.TestQueue.Change;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
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

/**
 * Runs the TCK of Reactive Streams on both kinds of streams, with a queue that answers synchronously and asynchronously. Subscribers of
 * the TCK take locks, so the asynchronous queue answers on threads that may block.
 */
class ReactiveStreamsTest {

    /** How long the TCK waits for a signal that must come. It goes on as soon as the signal has come. */
    private static final Duration EXPECTED_WITHIN = Duration.ofMinutes(1);

    /** Each subscription is a poller of its own, and a poller without demand sends no poll that could fail. */
    private static final Pattern DOES_NOT_APPLY =
            Pattern.compile("untested_.*|.*_multicast_.*|.*_mustSignalOnErrorWhenFails|.*_mayRejectCallsToSubscribe.*");

    @TestFactory
    Stream<DynamicTest> confirmAfterOnOneThread() {
        return checks(elements -> confirmAfter(elements, poll -> poll));
    }

    @TestFactory
    Stream<DynamicTest> confirmAfterOnThreads() {
        return checks(elements -> confirmAfter(elements, poll -> poll.subscribeOn(Schedulers.boundedElastic())));
    }

    @TestFactory
    Stream<DynamicTest> receiveOnOneThread() {
        return checks(elements -> receive(elements, poll -> poll));
    }

    @TestFactory
    Stream<DynamicTest> receiveOnThreads() {
        return checks(elements -> receive(elements, poll -> poll.subscribeOn(Schedulers.boundedElastic())));
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

        private final TestEnvironment environment;
        private final LongFunction<Publisher<?>> publishers;

        Verification(LongFunction<Publisher<?>> publishers) {
            this(new TestEnvironment(EXPECTED_WITHIN.toMillis(), 50, 10), publishers);
        }

        private Verification(TestEnvironment environment, LongFunction<Publisher<?>> publishers) {
            super(environment);
            this.environment = environment;
            this.publishers = publishers;
        }

        /** Collects garbage until the reference is gone. The TCK does so once, and waits a tenth of a second for the result. */
        @Override
        public void required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber()
                throws InterruptedException {
            Publisher<Object> publisher = createPublisher(3);
            var dropped = new ReferenceQueue<Object>();
            Reference<?> subscriber = cancelledSubscriber(publisher, dropped);
            long deadline = System.nanoTime() + EXPECTED_WITHIN.toNanos();
            @Nullable Reference<?> found = null;
            try {
                while (found == null && System.nanoTime() - deadline < 0) {
                    System.gc();
                    found = dropped.remove(50);
                }
            } finally {
                Reference.reachabilityFence(publisher);
            }
            assertThat(found).isSameAs(subscriber);
        }

        private Reference<?> cancelledSubscriber(Publisher<Object> publisher, ReferenceQueue<Object> dropped)
                throws InterruptedException {
            TestEnvironment.ManualSubscriber<Object> subscriber = environment.newManualSubscriber(publisher);
            var unused = subscriber.requestNextElement();
            subscriber.cancel();
            return new WeakReference<>(subscriber, dropped);
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

    /** A queue with the given number of changes, each of another job. The stream is stopped after the last. */
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
    }
}
