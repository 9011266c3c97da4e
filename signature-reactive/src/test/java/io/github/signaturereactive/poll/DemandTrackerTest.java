package io.github.signaturereactive.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class DemandTrackerTest {

    private final DemandTracker demand = new DemandTracker();
    private final AtomicInteger taken = new AtomicInteger();

    private Disposable take() {
        return demand.take().subscribe(nothing -> {}, error -> {}, taken::incrementAndGet);
    }

    @Test
    void takesEachUnitOfDemandOnce() {
        demand.add(2);
        Disposable first = take();
        Disposable second = take();
        Disposable third = take();

        assertThat(taken).hasValue(2);
        assertThat(first.isDisposed()).isTrue();
        assertThat(second.isDisposed()).isTrue();
        assertThat(third.isDisposed()).isFalse();
    }

    @Test
    void waitsForDemandIfThereIsNone() {
        Disposable waiting = take();
        assertThat(taken).hasValue(0);

        demand.add(1);

        assertThat(waiting.isDisposed()).isTrue();
        assertThat(taken).hasValue(1);
        Disposable next = take();
        assertThat(next.isDisposed()).isFalse();
    }

    @Test
    void returnedDemandCanBeTakenAgain() {
        demand.add(1);
        Disposable first = take();
        StepVerifier.create(demand.giveBack()).verifyComplete();
        Disposable second = take();

        assertThat(first.isDisposed()).isTrue();
        assertThat(second.isDisposed()).isTrue();
    }

    @Test
    void unboundedDemandIsNeverUsedUp() {
        demand.add(Long.MAX_VALUE);
        demand.add(Long.MAX_VALUE);

        StepVerifier.create(demand.take().repeat(10_000)).verifyComplete();
        StepVerifier.create(demand.giveBack().then(demand.take())).verifyComplete();
    }

    @Test
    void cancelledWaitTakesNoDemand() {
        Disposable waiting = take();
        waiting.dispose();

        demand.add(1);
        assertThat(taken).hasValue(0);
        Disposable next = take();

        assertThat(next.isDisposed()).isTrue();
        assertThat(taken).hasValue(1);
    }

    @Test
    void concurrentRequestsAreTakenExactlyOnce() {
        int total = 100_000;
        Mono<Void> asking = Flux.range(0, total)
                .parallel(4)
                .runOn(Schedulers.boundedElastic())
                .doOnNext(i -> demand.add(1))
                .then();
        Mono<Void> taking = demand.take()
                .doOnSuccess(nothing -> taken.incrementAndGet())
                .repeat(total - 1)
                .then()
                .subscribeOn(Schedulers.parallel());

        StepVerifier.create(Mono.when(asking, taking)).expectComplete().verify(Duration.ofMinutes(1));
        assertThat(taken).hasValue(total);
        Disposable more = take();
        assertThat(more.isDisposed()).isFalse();
    }
}
