package io.github.signaturereactive.http;

import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.observation.Call;
import io.github.signaturereactive.observation.Flow;
import io.github.signaturereactive.observation.Operation;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A client for the HTTP API of Posten signering.
 *
 * <p>Each call is a cold publisher. Requests are sent to the configured service only: a URL with another origin is signaled as
 * {@code PreconditionException}. An error response is signaled as the {@code SignatureException} that describes it.
 */
public final class ApiClient {

    private final Origin origin;
    private final Transport transport;
    private final @Nullable AccessTokens tokens;
    private final Exchange exchange;
    private final ErrorResponses errorResponses;
    private final MessageReader messages;
    private final Flow flow;

    /** Creates a client without opening a connection. */
    public ApiClient(TransportSettings settings) {
        this.origin = new Origin(
                settings.serviceUrl(),
                Objects.requireNonNullElse(settings.identity().certificate().organizationNumber(), ""));
        this.transport = new Transport(settings);
        this.tokens = settings.tokens() == null ? null : accessTokens(settings, settings.tokens(), transport);
        this.exchange = exchange(settings, transport, tokens, origin);
        this.errorResponses = new ErrorResponses(settings.clock(), settings.tokens() != null);
        this.messages = new MessageReader(schedulers().work(), schedulers().eventLoops());
        this.flow = Flow.NONE;
    }

    private ApiClient(ApiClient other, Flow flow) {
        this.origin = other.origin;
        this.transport = other.transport;
        this.tokens = other.tokens;
        this.exchange = other.exchange;
        this.errorResponses = other.errorResponses;
        this.messages = other.messages;
        this.flow = flow;
    }

    private static AccessTokens accessTokens(TransportSettings settings, TokenSettings of, Transport transport) {
        var endpoint = new TokenEndpoint(
                of,
                settings.serviceUrl(),
                settings.calls().idleTimeout(),
                transport,
                ConnectionErrors.ofTheTokenEndpoint(settings.environment(), of.endpoint()),
                System::nanoTime);
        return new AccessTokens(endpoint.token());
    }

    /** Composes the exchanges that each request passes through. The exchange that is created last handles a request first. */
    private static Exchange exchange(
            TransportSettings settings, Transport transport, @Nullable AccessTokens tokens, Origin origin) {
        var limiter = new RateLimiter(
                settings.callsPerSecond(), settings.rateLimiterPause(), Schedulers.parallel(), System::nanoTime);
        var connectionErrors = ConnectionErrors.ofTheService(settings.environment(), settings.serviceUrl());

        Exchange exchange =
                new NettyExchange(transport, connectionErrors, settings.calls().idleTimeout());
        exchange = tokens == null ? exchange : new TokenRenewingExchange(tokens, exchange);
        exchange = new ObservedExchange(settings.observer(), exchange);
        exchange = new RateLimitedExchange(limiter, origin, exchange);
        exchange = tokens == null ? exchange : new AuthorizedExchange(tokens, exchange);
        return exchange;
    }

    /** Returns a client that shares the connections of this client and reports its calls as calls of the given flow. */
    public ApiClient of(Flow flow) {
        return new ApiClient(this, flow);
    }

    /** Returns the certificate of the current identity. */
    public OrganizationCertificate certificate() {
        return transport.identity().certificate();
    }

    /** Returns the schedulers of this client. */
    public ClientSchedulers schedulers() {
        return transport.schedulers();
    }

    /** Returns whether access tokens authenticate the requests, instead of the client certificate. */
    public boolean hasAccessTokens() {
        return tokens != null;
    }

    /** Switches to the given identity for subsequent calls. Calls in flight keep the previous one. */
    public void replaceIdentity(Identity identity) {
        transport.replaceIdentity(identity);
        if (tokens != null) {
            tokens.forget();
        }
    }

    /**
     * Sends a create request. It is not retried, with one exception: after status 401 it is sent again with a new access token,
     * because the service checks the token before it creates a job.
     *
     * @param path the path below the root of the service
     * @param xml the XML of the request
     * @param bundle the document bundle, which is subscribed to for each request and cancelled if the request fails
     * @param reader reads the response
     */
    public <T> Mono<T> create(String path, byte[] xml, Publisher<ByteBuf> bundle, Function<ApiResponse, T> reader) {
        return Mono.defer(() -> {
            var multipart = new Multipart(xml, Flux.from(bundle).onErrorMap(CallerFailure::new));
            return send(
                    request(Operation.CREATE, HttpMethod.POST, origin.resolve(path))
                            .withBody(multipart.body()),
                    reader);
        });
    }

    /**
     * Polls a queue. The reader also receives responses with status 429, from polls that were too early or exceeded the rate
     * limit.
     */
    public <T> Mono<T> poll(String pathAndQuery, Function<ApiResponse, T> reader) {
        return Mono.defer(() -> send(
                request(Operation.POLL, HttpMethod.GET, origin.resolve(pathAndQuery)),
                response -> response.isSuccess() || response.status() == 429,
                reader));
    }

    /** Gets a resource below the root of the service. */
    public <T> Mono<T> get(Operation operation, String pathAndQuery, Function<ApiResponse, T> reader) {
        return Mono.defer(() -> send(request(operation, HttpMethod.GET, origin.resolve(pathAndQuery)), reader));
    }

    /** Gets the resource at a URL from a response of the service. */
    public <T> Mono<T> get(Operation operation, URI url, Function<ApiResponse, T> reader) {
        return Mono.defer(() -> send(request(operation, HttpMethod.GET, origin.requireOwn(url)), reader));
    }

    /** Posts XML to a URL from a response of the service. */
    public <T> Mono<T> post(Operation operation, URI url, byte[] xml, Function<ApiResponse, T> reader) {
        return Mono.defer(() -> send(
                request(operation, HttpMethod.POST, origin.requireOwn(url)).withBody(RequestBody.xml(xml)), reader));
    }

    /** Posts an empty body to a URL from a response of the service. */
    public Mono<Void> post(Operation operation, URI url) {
        return Mono.defer(() -> send(request(operation, HttpMethod.POST, origin.requireOwn(url)), Function.identity()))
                .then();
    }

    /**
     * Confirms a status change.
     *
     * @param reference the URL from the status change, or null if it needs no confirmation
     */
    public Mono<Void> confirm(@Nullable ConfirmationReference reference) {
        return reference == null ? Mono.empty() : post(Operation.CONFIRM, reference.url());
    }

    /** Deletes the resource at a URL from a response of the service. */
    public Mono<Void> delete(Operation operation, URI url) {
        return Mono.defer(
                        () -> send(request(operation, HttpMethod.DELETE, origin.requireOwn(url)), Function.identity()))
                .then();
    }

    /**
     * Describes the download of a document at a URL from a response of the service. Nothing is sent before it is subscribed to.
     */
    public Download document(URI url) {
        return new Download(url, MediaTypes.DOCUMENT_OR_ERROR, this);
    }

    /** Describes the download of a document below the root of the service. Nothing is sent before it is subscribed to. */
    public Download document(String path) {
        return document(origin.resolve(path));
    }

    /**
     * Describes the download of an XML file at a URL from a response of the service. Nothing is sent before it is subscribed to.
     */
    public Download xml(URI url) {
        return new Download(url, MediaTypes.XML, this);
    }

    /** Downloads a document. A response that is not a document is signaled as an error. */
    <T> Flux<T> download(URI url, String accept, ResponseHandler<T> document) {
        Flux<T> download = Flux.defer(() -> {
            ApiRequest request = request(Operation.DOWNLOAD, HttpMethod.GET, origin.requireOwn(url))
                    .withAccept(accept);
            return exchange.send(
                    request,
                    response -> response.isDocument()
                            ? Flux.defer(() -> document.handle(response)).onErrorMap(CallerFailure::new)
                            : response.aggregate().flatMapMany(refusal -> noDocument(request, refusal)));
        });
        return DroppedErrors.logged(download);
    }

    private <T> Mono<T> noDocument(ApiRequest request, ApiResponse response) {
        @Nullable String coding = response.coding();
        return coding != null && response.isSuccess()
                ? Mono.error(() -> new UnexpectedResponseException(
                        request.failure(response.status()), ContentCodings.refusal(coding)))
                : refused(request, response);
    }

    /** Closes all connections and ends the threads of this client. Completes afterwards. */
    public Mono<Void> disposeLater() {
        return transport.disposeLater();
    }

    private ApiRequest request(Operation operation, HttpMethod method, URI uri) {
        return ApiRequest.of(new Call(operation, flow), method, uri);
    }

    private <T> Mono<T> send(ApiRequest request, Function<ApiResponse, T> reader) {
        return send(request, ApiResponse::isSuccess, reader);
    }

    /** Sends a request and reads its response into memory. A response that the predicate rejects is signaled as an error. */
    private <T> Mono<T> send(ApiRequest request, Predicate<ApiResponse> expected, Function<ApiResponse, T> reader) {
        return exchange.send(
                        request,
                        response -> response.aggregate()
                                .flatMap(whole -> expected.test(whole) ? Mono.just(whole) : refused(request, whole)))
                .single()
                .flatMap(response -> messages.read(response, reader))
                .as(DroppedErrors::logged);
    }

    private <T> Mono<T> refused(ApiRequest request, ApiResponse response) {
        return messages.read(response, refusal -> errorResponses.exception(request, refusal))
                .flatMap(Mono::error);
    }
}
