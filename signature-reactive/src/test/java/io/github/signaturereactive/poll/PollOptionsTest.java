package io.github.signaturereactive.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.poll.TestQueue.Change;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/** Tests the durations of all options of {@link StatusChanges}. */
class PollOptionsTest {

    /** The options that make the poller wait. The others limit something. */
    private static final Set<String> WAITS = Set.of("backoff", "defaultWait", "jitter");

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final TestQueue queue = new TestQueue(time, Duration.ZERO);

    static Stream<Method> options() {
        return Arrays.stream(StatusChanges.class.getMethods())
                .filter(method -> Arrays.asList(method.getParameterTypes()).contains(Duration.class));
    }

    static Stream<Arguments> longDurations() {
        return options()
                .flatMap(method -> Stream.of(
                                ChronoUnit.FOREVER.getDuration(),
                                Duration.ofSeconds(Long.MAX_VALUE),
                                Duration.ofNanos(Long.MAX_VALUE),
                                Duration.ofDays(366))
                        .map(duration -> Arguments.of(method, duration)));
    }

    @ParameterizedTest
    @MethodSource("longDurations")
    void longDurationIsCappedIfItLimitsAndRefusedIfItIsAWait(Method option, Duration duration) throws Exception {
        if (WAITS.contains(option.getName())) {
            assertThatThrownBy(() -> set(option, duration))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(option.getName())
                    .hasMessageContaining("at most 365 days");
        } else {
            isUsable(set(option, duration));
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void oneYearIsAccepted(Method option) throws Exception {
        isUsable(set(option, Duration.ofDays(365)));
    }

    @ParameterizedTest
    @MethodSource("options")
    void negativeDurationIsRefused(Method option) {
        assertThatThrownBy(() -> set(option, Duration.ofSeconds(Long.MIN_VALUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option.getName());
    }

    @SuppressWarnings("unchecked")
    private StatusChanges<Change> set(Method option, Duration duration) throws Exception {
        StatusChanges<Change> changes = new StatusChanges<>(queue, PollPermits.inMemory(time)).scheduler(time);
        try {
            return (StatusChanges<Change>) option.invoke(
                    changes,
                    Arrays.stream(option.getParameterTypes())
                            .map(type -> type == Duration.class ? duration : Mono.never())
                            .toArray());
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    /** Lets a poll and a confirmation fail, fetches a change and lets the poller wait. */
    private void isUsable(StatusChanges<Change> changes) {
        queue.nextPolls.add(() -> Mono.just(
                Polled.nothing(Polled.Outcome.EMPTY, queue.date(), queue.date().plusSeconds(9))));
        queue.nextPolls.add(() -> Mono.error(new ServiceUnreachableException("down", true, true, null)));
        queue.nextConfirmations.add(new ServiceUnreachableException("down", true, true, null));
        queue.offer(new Change(1, 1));
        TestSubscriber<Change> subscriber = TestSubscriber.create();
        changes.confirmAfter(change -> Mono.empty()).subscribe(subscriber);

        time.advanceTimeBy(Duration.ofHours(1));

        assertThat(subscriber.isTerminated()).isFalse();
        subscriber.cancel();
    }

    @Test
    void permitsInMemoryCapTheWait() {
        PollPermits permits = PollPermits.inMemory(time);

        permits.notBefore("test", ChronoUnit.FOREVER.getDuration()).subscribe().dispose();

        TestSubscriber<Duration> wait = TestSubscriber.create();
        permits.acquire("test").subscribe(wait);
        assertThat(wait.getReceivedOnNext()).containsExactly(Duration.ofDays(365));
    }
}
