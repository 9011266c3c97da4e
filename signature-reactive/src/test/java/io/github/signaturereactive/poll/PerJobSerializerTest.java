package io.github.signaturereactive.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class PerJobSerializerTest {

    private final PerJobSerializer serializer = new PerJobSerializer();

    @Test
    void taskStartsWhenThePreviousOneOfItsJobHasEnded() {
        TestPublisher<String> first = TestPublisher.create();
        TestPublisher<String> second = TestPublisher.create();
        TestPublisher<String> third = TestPublisher.create();
        List<String> ended = new ArrayList<>();
        begin(serializer.run(1, first.mono()), "first", ended);
        begin(serializer.run(1, second.mono()), "second", ended);
        begin(serializer.run(1, third.mono()), "third", ended);
        second.assertWasNotSubscribed();

        first.error(new IllegalStateException());
        second.assertSubscribers(1);
        third.assertWasNotSubscribed();
        second.complete();
        third.assertSubscribers(1);
        third.emit("value");

        assertThat(ended).containsExactly("first", "second", "third");
    }

    @Test
    void tasksOfDifferentJobsDoNotWait() {
        TestPublisher<String> endless = TestPublisher.create();
        begin(serializer.run(1, endless.mono()), "", new ArrayList<>());

        StepVerifier.create(serializer.run(2, Mono.just("other")))
                .expectNext("other")
                .verifyComplete();
    }

    @Test
    void taskOfAnIdleJobStartsAtOnce() {
        StepVerifier.create(serializer.run(1, Mono.just("one")))
                .expectNext("one")
                .verifyComplete();
        StepVerifier.create(serializer.run(1, Mono.just("two")))
                .expectNext("two")
                .verifyComplete();
    }

    @Test
    void manyWaitingTasksDoNotOverflowTheStack() {
        TestPublisher<String> first = TestPublisher.create();
        List<String> ended = new ArrayList<>();
        begin(serializer.run(1, first.mono()), "0", ended);
        for (int i = 1; i < 256; i++) {
            begin(serializer.run(1, Mono.empty()), "" + i, ended);
        }

        first.complete();

        assertThat(ended).hasSize(256);
    }

    @Test
    void concurrentTasksOfAJobKeepTheirOrderAndNeverOverlap() {
        Map<Long, AtomicInteger> running = new ConcurrentHashMap<>();
        Map<Long, Integer> last = new ConcurrentHashMap<>();
        Queue<String> violations = new ConcurrentLinkedQueue<>();
        Flux<Integer> all = Flux.range(0, 20_000)
                .flatMap(
                        number -> {
                            long job = number % 7;
                            return serializer.run(
                                    job,
                                    Mono.fromCallable(() -> {
                                                if (running.computeIfAbsent(job, any -> new AtomicInteger())
                                                                .incrementAndGet()
                                                        != 1) {
                                                    violations.add(number + " overlaps");
                                                }
                                                if (last.getOrDefault(job, -1) > number) {
                                                    violations.add(number + " is out of order");
                                                }
                                                last.put(job, number);
                                                running.get(job).decrementAndGet();
                                                return number;
                                            })
                                            .subscribeOn(Schedulers.parallel()));
                        },
                        32);

        StepVerifier.create(all.count()).expectNext(20_000L).expectComplete().verify(Duration.ofMinutes(1));
        assertThat(violations).isEmpty();
    }

    private static void begin(Mono<String> work, String name, List<String> ended) {
        Disposable unused = work.onErrorComplete().subscribe(value -> {}, error -> {}, () -> ended.add(name));
    }
}
