package io.github.signaturereactive.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.AccessTokenException;
import io.github.signaturereactive.job.Failure;
import io.github.signaturereactive.job.UnexpectedResponseException;
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

/** When a token is fetched, for how long it is kept, and what is done when the service refuses it. */
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
        Flux<AccessToken> call = use(tokens);

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

            Mono<AccessToken> waiting = raced(start, () -> {}).then(use(slow).next());
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

        answer.tryEmitError(new AccessTokenException(new Failure("POST /t", 503, null, null), null))
                .orThrow();

        assertThat(failures).hasSize(2).hasOnlyElementsOfType(AccessTokenException.class);
        assertThat(first.isDisposed() && second.isDisposed()).isTrue();
        StepVerifier.create(use(failing)).expectNextCount(1).verifyComplete();
    }

    @Test
    void aRefusedTokenIsReplacedAndTheCallMadeOnceMoreInATurnOfItsOwn() {
        List<AccessToken> used = new ArrayList<>();
        var turns = new AtomicInteger();

        StepVerifier.create(tokens.authorize(Mono.fromRunnable(turns::incrementAndGet), attempt -> {
                    used.add(attempt.token());
                    return used.size() == 1 ? refused(attempt, answered(401)) : Mono.just("done");
                }))
                .expectNext("done")
                .verifyComplete();

        assertThat(used).hasSize(2).doesNotHaveDuplicates();
        assertThat(turns).hasValue(2);
        assertThat(next()).isSameAs(used.get(1));
    }

    @Test
    void theSecondRefusalReachesTheCaller() {
        UnexpectedResponseException second = answered(401);
        var calls = new AtomicInteger();

        StepVerifier.create(tokens.authorize(
                        Mono.empty(),
                        attempt -> refused(attempt, calls.incrementAndGet() == 1 ? answered(401) : second)))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(second))
                .verify();

        assertThat(calls).hasValue(2);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void otherErrorsLeaveTheTokenAndAreNotRepeated() {
        UnexpectedResponseException forbidden = answered(403);

        StepVerifier.create(tokens.authorize(Mono.empty(), attempt -> Mono.error(forbidden)))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(forbidden))
                .verify();

        assertThat(next()).isNotNull();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void anErrorLikeARefusalThatIsNotTheServicesIsNotRepeated() {
        UnexpectedResponseException elsewhere = answered(401);

        StepVerifier.create(tokens.authorize(Mono.empty(), attempt -> Mono.error(elsewhere)))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(elsewhere))
                .verify();

        assertThat(fetches).hasValue(1);
    }

    @Test
    void manyCallsWithTheSameRefusedTokenGetOneNewToken() {
        AccessToken first = next();
        Sinks.Empty<Void> refused = Sinks.empty();

        StepVerifier.create(Flux.range(0, 20)
                        .flatMap(
                                i -> tokens.authorize(
                                        Mono.empty(),
                                        attempt -> attempt.token() == first
                                                ? refused.asMono().then(refused(attempt, answered(401)))
                                                : Mono.just(attempt.token())),
                                20)
                        .collectList()
                        .doOnSubscribe(subscribed -> Schedulers.boundedElastic()
                                .schedule(() -> refused.tryEmitEmpty().orThrow())))
                .assertNext(used -> assertThat(used).hasSize(20).containsOnly(used.get(0)))
                .verifyComplete();

        assertThat(fetches).hasValue(2);
    }

    @Test
    void aTokenThatExpiresWhileItsCallWaitsForItsTurnIsReplaced() {
        Sinks.Empty<Void> turn = Sinks.empty();
        List<AccessToken> used = new ArrayList<>();

        StepVerifier.create(tokens.authorize(turn.asMono(), attempt -> {
                    used.add(attempt.token());
                    return Mono.just("done");
                }))
                .then(() -> pass(Duration.ofHours(1)))
                .then(() -> turn.tryEmitEmpty().orThrow())
                .expectNext("done")
                .verifyComplete();

        assertThat(used)
                .singleElement()
                .satisfies(token -> assertThat(token.isUsable()).isTrue());
        assertThat(fetches).hasValue(2);
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
        return use(tokens).blockFirst(Duration.ofSeconds(30));
    }

    private static Flux<AccessToken> use(AccessTokens tokens) {
        return tokens.authorize(Mono.empty(), attempt -> Mono.just(attempt.token()));
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private static <T> Mono<T> refused(AccessTokens.Attempt attempt, Throwable error) {
        return Mono.defer(() -> {
            attempt.refused(error);
            return Mono.error(error);
        });
    }

    private static UnexpectedResponseException answered(int status) {
        return new UnexpectedResponseException(new Failure("GET /x", status, null, null), null);
    }
}
