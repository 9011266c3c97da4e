package io.github.signaturereactive.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.AccessTokenException;
import io.github.signaturereactive.job.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

/** When a token is fetched, and how long it is kept. */
class AccessTokensTest {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger fetches = new AtomicInteger();
    private Duration lifetime = Duration.ofHours(1);
    private final AccessTokens tokens = new AccessTokens(Mono.fromSupplier(this::fetched));

    private AccessToken fetched() {
        return new AccessToken("token-" + fetches.incrementAndGet(), nanos.get(), lifetime, nanos::get);
    }

    @Test
    void nothingIsFetchedBeforeItIsNeeded() {
        Mono<AccessToken> call = use(tokens);

        assertThat(fetches).hasValue(0);
        StepVerifier.create(call).expectNextCount(1).verifyComplete();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void aTokenIsKeptUntilThirtySecondsBeforeItExpires() {
        AccessToken first = next();

        pass(Duration.ofHours(1).minusSeconds(30).minusNanos(1));
        assertThat(next()).isSameAs(first);
        pass(Duration.ofNanos(1));
        assertThat(next()).isNotSameAs(first);
        assertThat(next()).isNotSameAs(first);

        assertThat(fetches).hasValue(2);
    }

    @Test
    void aTokenThatLivesNoLongerThanThatIsUsedButNotKept() {
        lifetime = Duration.ofSeconds(30);

        assertThat(next()).isNotSameAs(next());
        assertThat(fetches).hasValue(2);
    }

    @Test
    void aHundredCallsAtATimeShareOneFetch() {
        Sinks.One<AccessToken> answer = Sinks.one();
        PublisherProbe<AccessToken> probe = PublisherProbe.of(answer.asMono());
        var slow = new AccessTokens(probe.mono());

        StepVerifier.create(Flux.range(0, 100)
                        .flatMap(i -> use(slow).subscribeOn(Schedulers.parallel()), 100)
                        .collectList()
                        .doOnSubscribe(subscribed -> Schedulers.boundedElastic()
                                .schedule(() -> answer.tryEmitValue(fetched()).orThrow())))
                .assertNext(used -> assertThat(used).hasSize(100).containsOnly(used.get(0)))
                .verifyComplete();

        assertThat(probe.subscribeCount()).isEqualTo(1);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void whoWaitsAndCancelsCancelsForNobodyElse() {
        Sinks.One<AccessToken> answer = Sinks.one();
        PublisherProbe<AccessToken> probe = PublisherProbe.of(answer.asMono());
        var slow = new AccessTokens(probe.mono());
        List<AccessToken> used = new ArrayList<>();
        Disposable first = use(slow).subscribe(used::add);
        Disposable second = use(slow).subscribe(used::add);

        first.dispose();
        probe.assertWasNotCancelled();
        answer.tryEmitValue(fetched()).orThrow();

        assertThat(used).hasSize(1);
        assertThat(second.isDisposed()).isTrue();
        assertThat(probe.subscribeCount()).isEqualTo(1);
    }

    /** One who cancels at any moment, against one who waits, for a token that comes at any moment. */
    @Test
    void whoWaitsGetsATokenWheneverOthersCancel() {
        for (int i = 0; i < 1000; i++) {
            Sinks.One<AccessToken> answer = Sinks.one();
            var slow = new AccessTokens(answer.asMono());
            var start = new CyclicBarrier(3);

            Mono<AccessToken> waiting = raced(start, () -> {}).then(use(slow));
            Mono<Void> cancelling = raced(start, () -> use(slow).subscribe().dispose());
            Mono<Void> answering =
                    raced(start, () -> answer.tryEmitValue(fetched()).orThrow());

            StepVerifier.create(Mono.zip(waiting, cancelling.thenReturn(true), answering.thenReturn(true)))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(Duration.ofSeconds(30));
        }
    }

    private static Mono<Void> raced(CyclicBarrier start, Runnable action) {
        return Mono.<Void>fromCallable(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    action.run();
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Test
    void whenNobodyWaitsAnyMoreTheFetchIsCancelledAndTheNextCallBeginsAnother() {
        PublisherProbe<AccessToken> never = PublisherProbe.of(Mono.never());
        var attempts = new AtomicInteger();
        var slow = new AccessTokens(
                Mono.defer(() -> attempts.getAndIncrement() == 0 ? never.mono() : Mono.fromSupplier(this::fetched)));
        Disposable first = use(slow).subscribe();
        Disposable second = use(slow).subscribe();

        first.dispose();
        second.dispose();

        never.assertWasCancelled();
        StepVerifier.create(use(slow)).expectNextCount(1).verifyComplete();
    }

    @Test
    void aFailureReachesAllWhoWaitAndIsNotKept() {
        Sinks.One<AccessToken> answer = Sinks.one();
        var attempts = new AtomicInteger();
        var failing = new AccessTokens(
                Mono.defer(() -> attempts.getAndIncrement() == 0 ? answer.asMono() : Mono.fromSupplier(this::fetched)));
        List<Throwable> failures = new ArrayList<>();
        Disposable first = use(failing).subscribe(any -> {}, failures::add);
        Disposable second = use(failing).subscribe(any -> {}, failures::add);

        answer.tryEmitError(new AccessTokenException(new Failure("POST /t", true, 503, null, null), null))
                .orThrow();

        assertThat(failures).hasSize(2).hasOnlyElementsOfType(AccessTokenException.class);
        assertThat(first.isDisposed() && second.isDisposed()).isTrue();
        StepVerifier.create(use(failing)).expectNextCount(1).verifyComplete();
    }

    @Test
    void aForgottenTokenIsNotUsedByTheNextCallNorIsOneThatWasOnItsWay() {
        Sinks.One<AccessToken> slow = Sinks.one();
        var attempts = new AtomicInteger();
        var both = new AccessTokens(
                Mono.defer(() -> attempts.getAndIncrement() == 0 ? slow.asMono() : Mono.fromSupplier(this::fetched)));
        List<AccessToken> used = new ArrayList<>();
        Disposable waiting = use(both).subscribe(used::add);

        both.forget();
        AccessToken old = new AccessToken("old", nanos.get(), lifetime, nanos::get);
        slow.tryEmitValue(old).orThrow();

        assertThat(waiting.isDisposed()).isTrue();
        assertThat(used).containsExactly(old);
        StepVerifier.create(use(both))
                .assertNext(next -> assertThat(next).isNotSameAs(old))
                .verifyComplete();
    }

    @Test
    void aTokenDoesNotTellItself() {
        assertThat(next().toString()).doesNotContain("token-");
        assertThat(new TokenResponse("token-1", Duration.ofMinutes(1)).toString())
                .doesNotContain("token-");
    }

    private AccessToken next() {
        return use(tokens).block(Duration.ofSeconds(30));
    }

    private static Mono<AccessToken> use(AccessTokens tokens) {
        return tokens.token();
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
