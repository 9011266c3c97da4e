package io.github.signaturereactive.poll;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.signaturereactive.poll.TestQueue.Change;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

/** Tests the threads on which processing and listeners are called. */
@Timeout(60)
class CallbacksTest {

    /** Runs tasks, counts them, and refuses workers, which occupy a thread until they are disposed of. */
    private static final class TasksOnly implements Scheduler {

        private final Scheduler threads = Schedulers.newBoundedElastic(100, 100_000, "callbacks");
        private final AtomicInteger tasks = new AtomicInteger();

        @Override
        public Disposable schedule(Runnable task) {
            tasks.incrementAndGet();
            return threads.schedule(task);
        }

        @Override
        public Worker createWorker() {
            throw new AssertionError("A worker occupies a thread");
        }

        @Override
        public void dispose() {
            threads.dispose();
        }
    }

    /** A queue that always has a change, each of another job, and answers on threads that must not block. */
    private static final class EventLoopQueue implements StatusQueue<Change> {

        private final AtomicLong fetched = new AtomicLong();

        @Override
        public String name() {
            return "event loops";
        }

        @Override
        public Mono<Polled<Change>> poll() {
            return Mono.fromCallable(() -> Polled.change(new Change(fetched.incrementAndGet(), 1), null, null))
                    .subscribeOn(Schedulers.parallel());
        }

        @Override
        public Mono<Void> confirm(Change change) {
            return Mono.<Void>fromRunnable(() -> {}).subscribeOn(Schedulers.parallel());
        }
    }

    private final TasksOnly callbacks = new TasksOnly();
    private final Queue<String> threads = new ConcurrentLinkedQueue<>();

    @AfterEach
    void dispose() {
        callbacks.dispose();
    }

    private StatusChanges<Change> changes() {
        return new StatusChanges<>(new EventLoopQueue(), PollPermits.inMemory(), callbacks).defaultWait(Duration.ZERO);
    }

    private void noteThread() {
        threads.add(Thread.currentThread().getName().replaceAll("-[0-9]+$", ""));
    }

    @Test
    void processingIsCalledAndSubscribedToWhereItMayBlock() {
        StepVerifier.create(changes()
                        .confirmAfter(change -> {
                            noteThread();
                            return Mono.defer(() -> {
                                noteThread();
                                return Mono.delay(Duration.ZERO);
                            });
                        })
                        .take(20))
                .expectNextCount(20)
                .verifyComplete();

        assertThat(threads).hasSizeGreaterThanOrEqualTo(40).containsOnly("callbacks");
    }

    @Test
    void repeatedProcessingIsCalledWhereItMayBlock() {
        StepVerifier.create(changes()
                        .onProcessingFailure(ProcessingFailure.retry(Retry.fixedDelay(3, Duration.ofMillis(1))))
                        .confirmAfter(change -> {
                            noteThread();
                            return threads.size() < 3 ? Mono.error(new IllegalStateException()) : Mono.empty();
                        })
                        .take(1))
                .expectNextCount(1)
                .verifyComplete();

        assertThat(threads).hasSizeGreaterThanOrEqualTo(3).containsOnly("callbacks");
    }

    @Test
    void cancellationInterruptsProcessingThatBlocks() throws Exception {
        var begun = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        Disposable polling = changes()
                .confirmAfter(change -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return Mono.empty();
                })
                .subscribe();
        begun.await();

        polling.dispose();

        interrupted.await();
    }

    @Test
    void changesAreEmittedOnTheThreadOfTheConfirmation() {
        StepVerifier.create(changes()
                        .confirmAfter(change -> Mono.empty())
                        .doOnNext(change -> noteThread())
                        .take(20))
                .expectNextCount(20)
                .verifyComplete();

        assertThat(threads).containsOnly("parallel");
    }

    @Test
    void withoutListenerOneTaskIsScheduledForEachChange() {
        StepVerifier.create(changes().confirmAfter(change -> Mono.empty()).take(1))
                .expectNextCount(1)
                .verifyComplete();
        int tasksOfOne = callbacks.tasks.getAndSet(0);

        StepVerifier.create(changes().receive().take(10)).expectNextCount(10).verifyComplete();

        assertThat(tasksOfOne).isOne();
        assertThat(callbacks.tasks).hasValue(0);
    }

    @Test
    void listenerReceivesEventsInOrderAndOneAtATime() throws Exception {
        int changes = 200;
        Queue<String> received = new ConcurrentLinkedQueue<>();
        Queue<String> violations = new ConcurrentLinkedQueue<>();
        AtomicInteger concurrent = new AtomicInteger();
        var confirmed = new CountDownLatch(changes);
        StepVerifier.create(changes()
                        .concurrency(4)
                        .listener(event -> {
                            noteThread();
                            if (concurrent.incrementAndGet() != 1) {
                                violations.add("concurrent call with " + event);
                            }
                            if (event instanceof PollEvent.Fetched fetched) {
                                received.add("fetched " + fetched.jobId());
                            } else if (event instanceof PollEvent.Processed processed) {
                                received.add("processed " + processed.jobId());
                            } else if (event instanceof PollEvent.Confirmed done) {
                                received.add("confirmed " + done.jobId());
                                confirmed.countDown();
                            }
                            concurrent.decrementAndGet();
                        })
                        .confirmAfter(change -> Mono.empty())
                        .take(changes))
                .expectNextCount(changes)
                .verifyComplete();
        confirmed.await();

        List<String> events = List.copyOf(received);
        assertThat(violations).isEmpty();
        assertThat(threads).containsOnly("callbacks");
        assertThat(events.stream().filter(event -> event.startsWith("confirmed ")))
                .allSatisfy(event -> {
                    String job = event.substring("confirmed ".length());
                    assertThat(events).containsSubsequence("fetched " + job, "processed " + job, "confirmed " + job);
                });
    }

    @Test
    void blockedListenerNeitherStopsThePollerNorCollectsEventsWithoutLimit() throws Exception {
        int changes = Reporter.CAPACITY;
        var released = new CountDownLatch(1);
        var caughtUp = new CountDownLatch(1);
        Queue<PollEvent> received = new ConcurrentLinkedQueue<>();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(StatusChanges.class);
        logger.addAppender(log);
        try {
            StepVerifier.create(changes()
                            .listener(event -> {
                                await(released);
                                received.add(event);
                                if (received.size() == Reporter.CAPACITY) {
                                    caughtUp.countDown();
                                }
                            })
                            .confirmAfter(change -> Mono.empty())
                            .take(changes))
                    .expectNextCount(changes)
                    .verifyComplete();
        } finally {
            logger.detachAppender(log);
            released.countDown();
        }

        assertThat(caughtUp.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(received).hasSize(Reporter.CAPACITY);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .isEqualTo(
                                "event loops: the listener is too slow: 1000 events wait for it. Until it catches up,"
                                        + " events are dropped."));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void closedSchedulerOfCallbacksFailsProcessingAndDropsEvents() {
        callbacks.dispose();

        StepVerifier.create(changes()
                        .listener(event -> noteThread())
                        .onProcessingFailure(ProcessingFailure.endStream())
                        .confirmAfter(change -> Mono.empty()))
                .verifyError(RejectedExecutionException.class);

        assertThat(threads).isEmpty();
    }
}
