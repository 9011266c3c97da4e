package io.github.signaturereactive.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.Failure;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.observation.Call;
import io.github.signaturereactive.observation.Flow;
import io.github.signaturereactive.observation.Operation;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Which token a request carries, and what happens when the service refuses it. */
class AuthorizedExchangeTest {

    private static final ApiRequest REQUEST =
            ApiRequest.of(new Call(Operation.POLL, Flow.NONE), HttpMethod.GET, URI.create("http://localhost:8080/x"));

    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger fetches = new AtomicInteger();
    private final AccessTokens tokens = new AccessTokens(Mono.fromSupplier(
            () -> new AccessToken("token-" + fetches.incrementAndGet(), nanos.get(), Duration.ofHours(1), nanos::get)));
    private final List<AccessToken> sent = Collections.synchronizedList(new ArrayList<>());

    /** Answers each request with the next of these statuses, and the last of them to all that follow. */
    private Exchange service(int... statuses) {
        var requests = new AtomicInteger();
        return new Exchange() {
            @Override
            public <T> Flux<T> send(ApiRequest request, ResponseHandler<T> handler) {
                return Flux.defer(() -> {
                    sent.add(Objects.requireNonNull(request.token()));
                    int status = statuses[Math.min(requests.getAndIncrement(), statuses.length - 1)];
                    return handler.handle(response(request, status));
                });
            }
        };
    }

    private static ClientResponse response(ApiRequest request, int status) {
        return new ClientResponse(request, status, new DefaultHttpHeaders(), null, Flux.empty(), Duration.ofSeconds(1));
    }

    private static Mono<Integer> handle(ClientResponse response) {
        return response.status() < 300 ? Mono.just(response.status()) : Mono.error(unexpected(response.status()));
    }

    private static UnexpectedResponseException unexpected(int status) {
        return new UnexpectedResponseException(new Failure("GET /x", true, status, null, null), null);
    }

    private Flux<Integer> send(Exchange service) {
        return authorized(service).send(REQUEST, AuthorizedExchangeTest::handle);
    }

    private Exchange authorized(Exchange service) {
        return new AuthorizedExchange(tokens, new TokenRenewingExchange(tokens, service));
    }

    @Test
    void repeatsRequestWithNewTokenAfterRefusal() {
        StepVerifier.create(send(service(401, 200))).expectNext(200).verifyComplete();

        assertThat(sent).hasSize(2).doesNotHaveDuplicates();
        StepVerifier.create(tokens.token()).expectNext(sent.get(1)).verifyComplete();
    }

    @Test
    void secondRefusalReachesCaller() {
        StepVerifier.create(send(service(401, 401)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                UnexpectedResponseException.class,
                                refusal -> assertThat(refusal.httpStatus()).isEqualTo(401)))
                .verify();

        assertThat(sent).hasSize(2);
    }

    @Test
    void otherErrorsAreNotRepeated() {
        StepVerifier.create(send(service(403))).verifyError(UnexpectedResponseException.class);

        assertThat(sent).hasSize(1);
        StepVerifier.create(tokens.token()).expectNext(sent.get(0)).verifyComplete();
    }

    @Test
    void refusalOfAnotherRequestIsNotRepeated() {
        UnexpectedResponseException elsewhere = unexpected(401);

        StepVerifier.create(authorized(service(200)).send(REQUEST, response -> Mono.error(elsewhere)))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(elsewhere))
                .verify();

        assertThat(sent).hasSize(1);
    }

    @Test
    void requestsWithSameRefusedTokenShareOneNewToken() {
        AccessToken first = Objects.requireNonNull(tokens.token().block(Duration.ofSeconds(30)));
        Sinks.Empty<Void> refusal = Sinks.empty();
        var service = new Exchange() {
            @Override
            public <T> Flux<T> send(ApiRequest request, ResponseHandler<T> handler) {
                AccessToken token = Objects.requireNonNull(request.token());
                sent.add(token);
                return token == first
                        ? refusal.asMono().thenMany(Flux.defer(() -> handler.handle(response(request, 401))))
                        : Flux.defer(() -> handler.handle(response(request, 200)));
            }
        };

        StepVerifier.create(Flux.range(0, 20)
                        .flatMap(i -> send(service), 20)
                        .collectList()
                        .doOnSubscribe(subscribed -> Schedulers.boundedElastic()
                                .schedule(() -> refusal.tryEmitEmpty().orThrow())))
                .assertNext(answers -> assertThat(answers).hasSize(20))
                .verifyComplete();

        assertThat(fetches).hasValue(2);
    }

    @Test
    void replacesTokenThatExpiresWhileRequestWaits() {
        Sinks.Empty<Void> turn = Sinks.empty();
        Exchange renewing = new TokenRenewingExchange(tokens, service(200));
        var waiting = new Exchange() {
            @Override
            public <T> Flux<T> send(ApiRequest request, ResponseHandler<T> handler) {
                return turn.asMono().thenMany(renewing.send(request, handler));
            }
        };

        StepVerifier.create(new AuthorizedExchange(tokens, waiting).send(REQUEST, AuthorizedExchangeTest::handle))
                .then(() -> nanos.addAndGet(Duration.ofHours(1).toNanos()))
                .then(() -> turn.tryEmitEmpty().orThrow())
                .expectNext(200)
                .verifyComplete();

        assertThat(sent).singleElement().matches(AccessToken::isUsable);
        assertThat(fetches).hasValue(2);
    }
}
