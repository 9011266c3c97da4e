package io.github.signaturereactive.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.Failure;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.poll.PollEvent;
import io.github.signaturereactive.poll.ProcessingFailure;
import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.spring.StatusChangePoller.State;
import io.github.signaturereactive.spring.TestQueue.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Start, restart and stop of pollers, in virtual time. */
class StatusChangePollersTest {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration DRAIN = Duration.ofSeconds(27);

    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
    private final TestQueue queue = new TestQueue(scheduler);
    private final List<Long> handled = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private StatusChangePollers pollers;

    @AfterEach
    void stopAll() {
        if (pollers != null) {
            pollers.destroy();
        }
        scheduler.dispose();
    }

    private StatusChangePoller start(StatusChangeHandler<Change> handler) {
        StatusChangePollersBuilder builder = StatusChangePollers.builder()
                .scheduler(scheduler)
                .restart(FIRST, LONGEST)
                .drainWithin(DRAIN);
        builder.add(queue.queues(), "contracts", handler);
        pollers = builder.build();
        pollers.start();
        return pollers.pollers().get(0);
    }

    private Mono<Void> handle(Change change) {
        return Mono.fromRunnable(() -> handled.add(change.signatureJobId()));
    }

    @Test
    void confirmsChangeAfterHandler() {
        queue.offer(1, 2);

        StatusChangePoller poller = start(change -> {
            assertThat(queue.confirmed).doesNotContain(change.signatureJobId());
            return handle(change);
        });

        assertThat(handled).containsExactly(1L, 2L);
        assertThat(queue.confirmed).containsExactly(1L, 2L);
        assertThat(poller.counts().confirmed()).isEqualTo(2);
        assertThat(poller.state()).isEqualTo(State.POLLING);
        assertThat(poller.lastWait()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void doesNotConfirmChangeAfterExceptionOfHandler() {
        queue.offer(1, 2);

        StatusChangePoller poller = start(change -> {
            if (change.signatureJobId() == 1) {
                throw new IllegalArgumentException("Kari Nordmann is unknown");
            }
            return handle(change);
        });

        assertThat(queue.confirmed).containsExactly(2L);
        assertThat(poller.counts().failures()).isEqualTo(1);
        assertThat(poller.lastTrouble().description()).isEqualTo("java.lang.IllegalArgumentException");
        assertThat(poller.state()).isEqualTo(State.POLLING);
    }

    @Test
    void errorsOfHandlerAreFailuresAndEndInFlightCount() {
        queue.offer(1, 2, 3);

        StatusChangePoller poller = start(change -> {
            if (change.signatureJobId() == 1) {
                throw new NoClassDefFoundError("thrown");
            }
            return change.signatureJobId() == 2 ? Mono.error(new NoClassDefFoundError("signalled")) : handle(change);
        });

        assertThat(queue.confirmed).containsExactly(3L);
        assertThat(poller.counts().failures()).isEqualTo(2);
        assertThat(poller.inFlight()).isZero();
    }

    @Test
    void overdueHandlingIsLastTrouble() {
        StatusChangePoller poller = start(this::handle);

        poller.newListener().accept(new PollEvent.ProcessingOverdue("test", 1, Duration.ofMinutes(10)));

        assertThat(poller.lastTrouble().description())
                .isEqualTo(
                        "The change of job 1 is still being handled PT10M after it was fetched, so the service delivers it again");
    }

    @Test
    void doesNotConfirmChangeIfHandlerReturnsNull() {
        queue.offer(1);

        StatusChangePoller poller = start(change -> null);

        assertThat(queue.confirmed).isEmpty();
        assertThat(poller.counts().failures()).isEqualTo(1);
        assertThat(poller.inFlight()).isZero();
    }

    @Test
    void restartsAfterErrorWithIncreasingWaits() {
        for (int i = 0; i < 4; i++) {
            queue.faults.add(new IllegalStateException("broken"));
        }
        queue.offer(1);

        StatusChangePoller poller = start(this::handle);

        assertThat(poller.state()).isEqualTo(State.RESTARTING);
        assertThat(poller.lastAnswer()).isNull();
        scheduler.advanceTimeBy(Duration.ofMinutes(3));
        assertThat(handled).containsExactly(1L);
        assertThat(poller.state()).isEqualTo(State.POLLING);
        assertThat(poller.counts().restarts()).isEqualTo(4);
        List<Duration> waits = waits(queue.polls.subList(0, 5));
        List<Duration> atLeast = List.of(FIRST, FIRST.multipliedBy(2), FIRST.multipliedBy(4), LONGEST);
        for (int i = 0; i < atLeast.size(); i++) {
            Duration least = atLeast.get(i);
            assertThat(waits.get(i)).isBetween(least, least.multipliedBy(3).dividedBy(2));
        }
    }

    private static List<Duration> waits(List<Duration> times) {
        List<Duration> waits = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            waits.add(times.get(i).minus(times.get(i - 1)));
        }
        return waits;
    }

    @Test
    void waitsAreResetAfterSuccess() {
        queue.faults.add(new IllegalStateException("broken"));
        queue.faults.add(new IllegalStateException("broken"));
        StatusChangePoller poller = start(this::handle);
        scheduler.advanceTimeBy(Duration.ofSeconds(30));
        assertThat(poller.state()).isEqualTo(State.POLLING);

        queue.faults.add(new IllegalStateException("broken"));
        scheduler.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(poller.counts().restarts()).isEqualTo(3);

        assertThat(poller.lastWait()).isEqualTo(Duration.ofMinutes(1));
        List<Duration> waits = waits(queue.polls);
        assertThat(waits.get(waits.size() - 1)).isBetween(FIRST, FIRST.multipliedBy(2));
    }

    @Test
    void eventsOfAnEndedStreamDoNotChangeTheState() {
        queue.faults.add(new IllegalStateException("broken"));
        StatusChangePoller poller = start(this::handle);
        assertThat(poller.state()).isEqualTo(State.RESTARTING);
        Consumer<PollEvent> ended = poller.newListener();
        Consumer<PollEvent> running = poller.newListener();

        ended.accept(new PollEvent.Fetched("test", 1, false));
        assertThat(poller.state()).isEqualTo(State.RESTARTING);
        running.accept(new PollEvent.Fetched("test", 2, false));

        assertThat(poller.state()).isEqualTo(State.POLLING);
        assertThat(poller.counts().changes()).isEqualTo(2);
    }

    @Test
    void restartsAfterFailureOfHandlerThatEndsStream() {
        queue.offer(1, 2);
        StatusChangeHandler<Change> handler = new StatusChangeHandler<>() {
            @Override
            public Mono<Void> handle(Change change) {
                return change.signatureJobId() == 1
                        ? Mono.error(new IllegalStateException("no"))
                        : StatusChangePollersTest.this.handle(change);
            }

            @Override
            public StatusChanges<Change> polling(StatusChanges<Change> defaults) {
                return defaults.onProcessingFailure(ProcessingFailure.endStream());
            }
        };

        StatusChangePoller poller = start(handler);
        assertThat(poller.state()).isEqualTo(State.RESTARTING);
        scheduler.advanceTimeBy(FIRST.multipliedBy(2));

        assertThat(poller.state()).isEqualTo(State.POLLING);
        assertThat(queue.confirmed).containsExactly(2L);
    }

    @Test
    void countsRedeliveryAfterRestart() {
        queue.nextConfirmations.add(
                new UnexpectedResponseException(new Failure("POST /", true, 403, null, null), null));
        queue.offer(1);
        StatusChangePoller poller = start(this::handle);
        assertThat(poller.state()).isEqualTo(State.RESTARTING);

        queue.offer(1);
        scheduler.advanceTimeBy(LONGEST.multipliedBy(2));

        assertThat(queue.confirmed).containsExactly(1L);
        assertThat(poller.counts().changes()).isEqualTo(2);
        assertThat(poller.counts().redeliveries()).isEqualTo(1);
        assertThat(poller.counts().confirmed()).isEqualTo(1);
    }

    @Test
    void stoppingConfirmsChangesInProgress() {
        Sinks.Empty<Void> done = Sinks.empty();
        queue.offer(1, 2);
        StatusChangePoller poller = start(change -> done.asMono());
        assertThat(poller.inFlight()).isEqualTo(1);

        pollers.stop(() -> stopped.set(true));
        assertThat(poller.state()).isEqualTo(State.STOPPING);
        assertThat(stopped).isFalse();
        assertThat(pollers.isRunning()).isTrue();
        done.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);

        assertThat(stopped).isTrue();
        assertThat(pollers.isRunning()).isFalse();
        assertThat(poller.state()).isEqualTo(State.STOPPED);
        assertThat(queue.confirmed).containsExactly(1L);
        assertThat(queue.polls).hasSize(1);
    }

    @Test
    void stoppingCancelsHandlerAfterTimeLimit() {
        TestPublisher<Void> never = TestPublisher.create();
        queue.offer(1);
        StatusChangePoller poller = start(change -> never.mono());

        pollers.stop(() -> stopped.set(true));
        scheduler.advanceTimeBy(DRAIN.minusMillis(1));
        assertThat(stopped).isFalse();
        scheduler.advanceTimeBy(Duration.ofMillis(1));

        assertThat(stopped).isTrue();
        never.assertCancelled();
        assertThat(queue.confirmed).isEmpty();
        assertThat(poller.inFlight()).isZero();
    }

    @Test
    void stoppingDoesNotWaitForRestart() {
        queue.faults.add(new IllegalStateException("broken"));
        var unused = start(this::handle);

        pollers.stop(() -> stopped.set(true));

        assertThat(stopped).isTrue();
        assertThat(queue.polls).hasSize(1);
    }

    @Test
    void stoppingDoesNotWaitForNextPoll() {
        var unused = start(this::handle);

        pollers.stop(() -> stopped.set(true));

        assertThat(stopped).isTrue();
        assertThat(queue.polls).hasSize(1);
    }

    @Test
    void stoppedPollersCanBeStartedAgain() {
        StatusChangePoller poller = start(this::handle);
        pollers.stop();
        queue.offer(1);

        pollers.start();
        scheduler.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(poller.state()).isEqualTo(State.POLLING);
        assertThat(queue.confirmed).containsExactly(1L);
    }

    @Test
    void stoppingTwiceCallsBothCallbacks() {
        Sinks.Empty<Void> done = Sinks.empty();
        queue.offer(1);
        var unused = start(change -> done.asMono());
        List<String> told = new ArrayList<>();

        pollers.stop(() -> told.add("one"));
        pollers.stop(() -> told.add("other"));
        done.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);

        assertThat(told).containsExactlyInAnyOrder("one", "other");
    }

    @Test
    void destroyCancelsPollersThatWereNotStopped() {
        TestPublisher<Void> never = TestPublisher.create();
        queue.offer(1);
        StatusChangePoller poller = start(change -> never.mono());

        pollers.destroy();

        never.assertCancelled();
        assertThat(pollers.isRunning()).isFalse();
        assertThat(poller.state()).isEqualTo(State.STOPPED);
    }

    @Test
    void phaseIsThatOfGracefulShutdownOfWebServer() {
        assertThat(StatusChangePollers.builder().build().getPhase())
                .isEqualTo(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
                .isGreaterThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
    }

    @Test
    void rejectsTwoHandlersOfOneQueue() {
        StatusChangePollersBuilder builder = StatusChangePollers.builder();
        builder.add(queue.queues(), "contracts", TestQueue.handler("Leases", this::handle));
        builder.add(queue.queues(), "leases", TestQueue.handler("Leases", this::handle));

        assertThatThrownBy(builder::build)
                .isInstanceOf(UnusableStatusChangeHandlersException.class)
                .hasMessage("The beans 'contracts' and 'leases' both handle the status changes of the portal queue"
                        + " 123456789/Leases. Each would receive only some of the changes.");
    }

    @Test
    void acceptsHandlersOfDifferentQueues() {
        StatusChangePollersBuilder builder = StatusChangePollers.builder();
        builder.add(queue.queues(), "contracts", TestQueue.handler("", this::handle));
        builder.add(queue.queues(), "leases", TestQueue.handler("Leases", this::handle));

        assertThat(builder.build().pollers())
                .extracting(StatusChangePoller::queue)
                .containsExactly("123456789", "123456789/Leases");
    }

    @Test
    void rejectsHandlerWithQueueAndNoSender() {
        StatusChangePollersBuilder builder = StatusChangePollers.builder();
        builder.add(queue.queues(), "contracts", new StatusChangeHandler<>() {
            @Override
            public Mono<Void> handle(Change change) {
                return Mono.empty();
            }

            @Override
            public PollingQueue pollingQueue() {
                return PollingQueue.of("Leases");
            }
        });

        assertThatThrownBy(builder::build)
                .isInstanceOf(UnusableStatusChangeHandlersException.class)
                .hasMessageContaining("'contracts'");
    }
}
