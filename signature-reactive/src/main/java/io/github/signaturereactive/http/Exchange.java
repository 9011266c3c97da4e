package io.github.signaturereactive.http;

import io.github.signaturereactive.job.Failure;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
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

    /** Makes the transport; connects to nothing yet. */
    public Exchange(TransportSettings settings) {
        this.transport = new Transport(settings);
        this.origin = new Origin(
                settings.serviceUrl(),
                Objects.requireNonNullElse(settings.certificate().organizationNumber(), ""));
        this.errors = new Errors(settings.clock());
        this.limiter = new RateLimiter(
                settings.callsPerSecond(), settings.rateLimiterPause(), Schedulers.parallel(), System::nanoTime);
        this.answerTimeout = settings.calls().idleTimeout();
        this.faults = new Faults(settings.environment(), settings.certificate());
    }

    /**
     * Sends a create request, once.
     *
     * @param path below the service's root
     * @param request the request's XML
     * @param bundle the bundle, subscribed to once and cancelled if the request fails
     */
    public Mono<Answer> create(String path, byte[] request, Publisher<ByteBuf> bundle) {
        return Mono.defer(() -> {
            var multipart = new Multipart(request, Flux.from(bundle).onErrorMap(CallerFailure::new));
            URI url = origin.resolve(path);
            return answer(
                    Operation.CREATE,
                    HttpMethod.POST,
                    url,
                    () -> transport
                            .creates()
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
            return exchange(HttpMethod.GET, url, () -> call(HttpMethod.GET, url))
                    .flatMap(answer -> answer.isSuccess() || answer.status() == 429
                            ? Mono.just(answer)
                            : Mono.error(errors.of(Operation.POLL, describe(HttpMethod.GET, url), url, answer)));
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
                    () -> transport
                            .calls()
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
        return answer(operation, method, url, () -> call(method, url));
    }

    private HttpClient.ResponseReceiver<?> call(HttpMethod method, URI url) {
        return transport
                .calls()
                .headers(headers -> headers.set(HttpHeaderNames.ACCEPT, MediaTypes.XML))
                .request(method)
                .uri(url);
    }

    private Mono<Answer> answer(
            Operation operation, HttpMethod method, URI url, Supplier<HttpClient.ResponseReceiver<?>> receiver) {
        return exchange(method, url, receiver)
                .flatMap(answer -> answer.isSuccess()
                        ? Mono.just(answer)
                        : Mono.error(errors.of(operation, describe(method, url), url, answer)));
    }

    /** Any whole answer, success or not. */
    private Mono<Answer> exchange(HttpMethod method, URI url, Supplier<HttpClient.ResponseReceiver<?>> receiver) {
        String request = describe(method, url);
        return Flux.defer(() -> receiver.get().response((response, body) -> whole(request, response, body)))
                .single()
                .onErrorMap(error -> faults.explain(request, error))
                .doOnNext(answer -> heed(url, answer))
                .transform(call -> inTurn(url, call));
    }

    /** Begins the call when the organization may make one more. */
    private Mono<Answer> inTurn(URI url, Mono<Answer> call) {
        return limiter.turn(origin.organizationOf(url)).then(call);
    }

    private void heed(URI url, Answer answer) {
        if (answer.isRateLimited()) {
            limiter.blocked(origin.organizationOf(url));
        }
    }

    HttpClient.ResponseReceiver<?> get(URI url, String accept) {
        return transport
                .downloads()
                .headers(headers -> headers.set(HttpHeaderNames.ACCEPT, accept))
                .get()
                .uri(origin.requireOwn(url));
    }

    /** Completes when another download may begin. */
    Mono<Void> turn(URI url) {
        return limiter.turn(origin.organizationOf(url));
    }

    Throwable explain(URI url, Throwable error) {
        return faults.explain(describe(HttpMethod.GET, url), error);
    }

    Mono<SignatureException> refusal(URI url, HttpClientResponse response, ByteBufFlux body) {
        String request = describe(HttpMethod.GET, url);
        return whole(request, response, body)
                .doOnNext(answer -> heed(url, answer))
                .map(answer -> errors.of(Operation.DOWNLOAD, request, url, answer));
    }

    /** Reads all of a small answer, which also frees its connection for the next request. */
    private Mono<Answer> whole(String request, HttpClientResponse response, ByteBufFlux body) {
        return body.asByteArray()
                .reduceWith(ByteArrayOutputStream::new, (read, bytes) -> {
                    if (read.size() + bytes.length > LARGEST_ANSWER) {
                        throw new UnexpectedResponseException(
                                new Failure(
                                        request,
                                        response.status().code(),
                                        null,
                                        "a message of more than " + LARGEST_ANSWER + " bytes, which is not read"),
                                null);
                    }
                    read.writeBytes(bytes);
                    return read;
                })
                .timeout(answerTimeout)
                .map(read -> new Answer(request, response, read.toByteArray()));
    }

    /** Method and path; the query may hold a token. */
    private static String describe(HttpMethod method, URI url) {
        return method + " " + url.getRawPath();
    }
}
