package io.github.signaturereactive.http;

import io.github.signaturereactive.job.Failure;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.observation.Call;
import io.github.signaturereactive.observation.CallObserver;
import io.github.signaturereactive.observation.Flow;
import io.github.signaturereactive.observation.Operation;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Requests to the service and its answers. Everything is cold, goes to the configured service only, and ends in a success
 * or in an exception that says what happened.
 */
public final class Exchange {

    /** More than any message of the service needs, and little enough to be held in memory. */
    private static final int LARGEST_ANSWER = 1 << 20;

    private final Transport transport;
    private final Origin origin;
    private final Errors errors;
    private final Faults faults;
    private final RateLimiter limiter;
    private final Duration answerTimeout;
    private final @Nullable AccessTokens tokens;
    private final CallObserver observer;
    private final Flow flow;

    /** Makes the transport; connects to nothing yet. */
    public Exchange(TransportSettings settings) {
        this.transport = new Transport(settings);
        this.origin = new Origin(
                settings.serviceUrl(),
                Objects.requireNonNullElse(settings.identity().certificate().organizationNumber(), ""));
        this.errors = new Errors(settings.clock(), settings.tokens() != null);
        this.limiter = new RateLimiter(
                settings.callsPerSecond(), settings.rateLimiterPause(), Schedulers.parallel(), System::nanoTime);
        this.answerTimeout = settings.calls().idleTimeout();
        this.faults = Faults.ofTheService(settings.environment());
        this.tokens = settings.tokens() == null ? null : tokens(settings, settings.tokens());
        this.observer = settings.observer();
        this.flow = Flow.NONE;
    }

    private Exchange(Exchange other, Flow flow) {
        this.transport = other.transport;
        this.origin = other.origin;
        this.errors = other.errors;
        this.limiter = other.limiter;
        this.answerTimeout = other.answerTimeout;
        this.faults = other.faults;
        this.tokens = other.tokens;
        this.observer = other.observer;
        this.flow = flow;
    }

    /** The same, for the calls of one flow, which is told of to who observes them. */
    public Exchange of(Flow flow) {
        return new Exchange(this, flow);
    }

    private AccessTokens tokens(TransportSettings settings, TokenSettings of) {
        var endpoint = new TokenEndpoint(
                of,
                settings.serviceUrl(),
                answerTimeout,
                transport,
                Faults.ofTheTokenEndpoint(settings.environment()),
                System::nanoTime);
        return new AccessTokens(endpoint.token());
    }

    /** Who we are now. */
    public OrganizationCertificate certificate() {
        return transport.identity().certificate();
    }

    /** Whether access tokens tell the service who we are. */
    public boolean hasAccessTokens() {
        return tokens != null;
    }

    /** Is another for all that begins from now on. */
    public void use(Identity identity) {
        transport.use(identity);
        if (tokens != null) {
            tokens.forget();
        }
    }

    /**
     * Sends a create request, once; but once more if the service refuses its access token, which it does before it acts.
     *
     * @param path below the service's root
     * @param request the request's XML
     * @param bundle the bundle, subscribed to for each request and cancelled if the request fails
     */
    public Mono<Answer> create(String path, byte[] request, Publisher<ByteBuf> bundle) {
        return Mono.defer(() -> {
            var multipart = new Multipart(request, Flux.from(bundle).onErrorMap(CallerFailure::new));
            URI url = origin.resolve(path);
            return answer(
                    Operation.CREATE,
                    HttpMethod.POST,
                    url,
                    (connections, authorization) -> authorization
                            .on(connections.creates())
                            .headers(headers -> headers.set(HttpHeaderNames.ACCEPT, MediaTypes.XML)
                                    .set(HttpHeaderNames.CONTENT_TYPE, multipart.contentType()))
                            .post()
                            .uri(url)
                            .send(multipart.content()));
        });
    }

    /** Gets a resource below the service's root; path and query as they go on the wire. */
    public Mono<Answer> get(Operation operation, String pathAndQuery) {
        return Mono.defer(() -> send(operation, HttpMethod.GET, origin.resolve(pathAndQuery)));
    }

    /** Polls a queue below the service's root. That it is too early, or that there are too many calls, is an answer here, too. */
    public Mono<Answer> poll(String pathAndQuery) {
        return Mono.defer(() -> {
            URI url = origin.resolve(pathAndQuery);
            return answer(
                    Operation.POLL,
                    HttpMethod.GET,
                    url,
                    (connections, authorization) -> request(connections, authorization, HttpMethod.GET, url),
                    answer -> answer.isSuccess() || answer.status() == 429);
        });
    }

    /** Gets what is at a URL that came from the service. */
    public Mono<Answer> get(Operation operation, URI url) {
        return Mono.defer(() -> send(operation, HttpMethod.GET, origin.requireOwn(url)));
    }

    /** Posts XML to a URL that came from the service. */
    public Mono<Answer> post(Operation operation, URI url, byte[] xml) {
        return Mono.defer(() -> {
            URI own = origin.requireOwn(url);
            return answer(
                    operation,
                    HttpMethod.POST,
                    own,
                    (connections, authorization) -> authorization
                            .on(connections.calls())
                            .headers(headers -> headers.set(HttpHeaderNames.ACCEPT, MediaTypes.XML)
                                    .set(HttpHeaderNames.CONTENT_TYPE, MediaTypes.XML))
                            .post()
                            .uri(own)
                            .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(xml))));
        });
    }

    /** Posts nothing to a URL that came from the service. */
    public Mono<Answer> post(Operation operation, URI url) {
        return Mono.defer(() -> send(operation, HttpMethod.POST, origin.requireOwn(url)));
    }

    /** Deletes what is at a URL that came from the service. */
    public Mono<Answer> delete(Operation operation, URI url) {
        return Mono.defer(() -> send(operation, HttpMethod.DELETE, origin.requireOwn(url)));
    }

    /** The download of a document, from a URL that came from the service. */
    public Download document(URI url) {
        return download(url, MediaTypes.DOCUMENT_OR_ERROR);
    }

    /** The download of a document from below the service's root; the path as it goes on the wire. */
    public Download document(String path) {
        return document(origin.resolve(path));
    }

    /** The download of an XML file, from a URL that came from the service. */
    public Download xml(URI url) {
        return download(url, MediaTypes.XML);
    }

    /** Closes all connections and ends all threads. */
    public Mono<Void> disposeLater() {
        return transport.disposeLater();
    }

    private Download download(URI url, String accept) {
        return new Download(url, accept, this);
    }

    private Mono<Answer> send(Operation operation, HttpMethod method, URI url) {
        return answer(
                operation,
                method,
                url,
                (connections, authorization) -> request(connections, authorization, method, url));
    }

    private static HttpClient.ResponseReceiver<?> request(
            Connections connections, Authorization authorization, HttpMethod method, URI url) {
        return authorization
                .on(connections.calls())
                .headers(headers -> headers.set(HttpHeaderNames.ACCEPT, MediaTypes.XML))
                .request(method)
                .uri(url);
    }

    private Mono<Answer> answer(
            Operation operation,
            HttpMethod method,
            URI url,
            BiFunction<Connections, Authorization, HttpClient.ResponseReceiver<?>> request) {
        return answer(operation, method, url, request, Answer::isSuccess);
    }

    /** An answer that is what was asked for; any other becomes an error. */
    private Mono<Answer> answer(
            Operation operation,
            HttpMethod method,
            URI url,
            BiFunction<Connections, Authorization, HttpClient.ResponseReceiver<?>> request,
            Predicate<Answer> expected) {
        String described = describe(method, url);
        return inTurn(
                        url,
                        authorization -> observed(
                                operation,
                                observed -> whole(described, connections -> request.apply(connections, authorization))
                                        .doOnNext(answer -> observed.answered(answer.status()))
                                        .doOnNext(answer -> heed(url, answer))
                                        .flatMap(answer -> expected.test(answer)
                                                ? Mono.just(answer)
                                                : Mono.error(error(operation, described, url, answer, authorization)))
                                        .flux()))
                .single();
    }

    /** Any whole answer, success or not. */
    private Mono<Answer> whole(String described, Function<Connections, HttpClient.ResponseReceiver<?>> request) {
        return transport
                .exchange(
                        described,
                        connections -> Flux.defer(() -> request.apply(connections)
                                        .response((response, body) -> whole(described, response, body)))
                                .single()
                                .onErrorMap(error -> faults.explain(described, connections.presented(), error)))
                .single();
    }

    /** A download: its answer is given to the function if it is a document, and becomes an error if it is not. */
    <T> Flux<T> download(
            URI url, String accept, BiFunction<HttpClientResponse, Flux<ByteBuffer>, ? extends Publisher<T>> function) {
        String described = describe(HttpMethod.GET, url);
        return inTurn(
                url,
                authorization -> observed(
                        Operation.DOWNLOAD,
                        observed -> transport.exchange(
                                described,
                                connections -> Flux.defer(() -> get(connections, authorization, url, accept)
                                                .<T>response((response, body) -> {
                                                    observed.answered(
                                                            response.status().code());
                                                    Flux<ByteBuffer> bytes = body.asByteArray()
                                                            .map(ByteBuffer::wrap)
                                                            .onErrorMap(error -> faults.explain(
                                                                    described, connections.presented(), error));
                                                    return Head.announcesDocument(response)
                                                            ? Flux.defer(() -> function.apply(response, bytes))
                                                                    .onErrorMap(CallerFailure::new)
                                                            : refusal(url, response, body, authorization)
                                                                    .flatMapMany(Flux::error);
                                                }))
                                        .onErrorMap(
                                                error -> faults.explain(described, connections.presented(), error)))));
    }

    private HttpClient.ResponseReceiver<?> get(
            Connections connections, Authorization authorization, URI url, String accept) {
        return authorization
                .on(connections.downloads())
                .headers(headers -> headers.set(HttpHeaderNames.ACCEPT, accept))
                .get()
                .uri(origin.requireOwn(url));
    }

    private Mono<SignatureException> refusal(
            URI url, HttpClientResponse response, ByteBufFlux body, Authorization authorization) {
        String described = describe(HttpMethod.GET, url);
        return whole(described, response, body)
                .doOnNext(answer -> heed(url, answer))
                .map(answer -> error(Operation.DOWNLOAD, described, url, answer, authorization));
    }

    private SignatureException error(
            Operation operation, String described, URI url, Answer answer, Authorization authorization) {
        SignatureException error = errors.of(operation, described, url, answer);
        if (answer.status() == 401) {
            authorization.refused(error);
        }
        return error;
    }

    /** Begins the call when the organization may make one more. */
    private <T> Flux<T> inTurn(URI url, Function<Authorization, Flux<T>> call) {
        Mono<Void> turn = limiter.turn(origin.organizationOf(url));
        return tokens == null
                ? turn.thenMany(Flux.defer(() -> call.apply(Authorization.NONE)))
                : tokens.authorize(turn, call);
    }

    /** Tells who observes calls of this one, each time that it is made. */
    private <T> Flux<T> observed(Operation operation, Function<CallObserver.Observed, Flux<T>> call) {
        return Flux.deferContextual(context -> Flux.using(
                () -> observer.begin(new Call(operation, flow), context),
                observed -> call.apply(observed)
                        .doOnError(observed::failed)
                        .doOnCancel(observed::cancelled)
                        .contextWrite(observed::within),
                CallObserver.Observed::ended));
    }

    private void heed(URI url, Answer answer) {
        if (answer.isRateLimited()) {
            limiter.blocked(origin.organizationOf(url));
        }
    }

    private Mono<Answer> whole(String request, HttpClientResponse response, ByteBufFlux body) {
        return SmallBody.read(body, LARGEST_ANSWER, () -> tooLarge(request, response))
                .timeout(answerTimeout)
                .map(bytes -> new Answer(request, response, bytes));
    }

    private static UnexpectedResponseException tooLarge(String request, HttpClientResponse response) {
        return new UnexpectedResponseException(
                new Failure(
                        request,
                        response.status().code(),
                        null,
                        "a message of more than " + LARGEST_ANSWER + " bytes, which is not read"),
                null);
    }

    /** Method and path; the query may hold a token. */
    private static String describe(HttpMethod method, URI url) {
        return method + " " + url.getRawPath();
    }
}
