package io.github.signaturereactive.signingservice.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.signingservice.protocol.ApiException;
import io.github.signaturereactive.signingservice.protocol.Body;
import io.github.signaturereactive.signingservice.protocol.Caller;
import io.github.signaturereactive.signingservice.protocol.ErrorMessage;
import io.github.signaturereactive.signingservice.protocol.NonFatalErrors;
import io.github.signaturereactive.signingservice.protocol.Response;
import io.github.signaturereactive.signingservice.protocol.Route;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * The HTTP layer of the API. Finds the operation of a request, runs it, and sends its response or error.
 */
public final class Api {

    private static final Logger LOG = Loggers.getLogger(Api.class);

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Settings settings;
    private final AccessControl access;
    private final RateLimit rateLimit;
    private final JobOperations jobs;
    private final SignedDocuments documents;
    private final Observations observations;
    private final Path directory;
    private final FaultInjection faults;
    private final Optional<AccessTokens> tokens;

    /** Creates the handler of API requests. */
    public Api(
            Settings settings,
            JobOperations jobs,
            SignedDocuments documents,
            Observations observations,
            Path directory,
            FaultInjection faults,
            Optional<AccessTokens> tokens) {
        this.settings = settings;
        this.access = new AccessControl(settings.withoutAccess(), settings.sendersByBroker());
        this.rateLimit = new RateLimit(settings.callsPerSecond(), settings.blockedFor(), settings.clock());
        this.jobs = jobs;
        this.documents = documents;
        this.observations = observations;
        this.directory = directory;
        this.faults = faults;
        this.tokens = tokens;
    }

    /** Processes a request and sends its response. */
    public Publisher<Void> handle(HttpServerRequest request, HttpServerResponse nettyResponse) {
        return NonFatalErrors.defer(() -> respond(request, nettyResponse));
    }

    private Mono<Void> respond(HttpServerRequest request, HttpServerResponse nettyResponse) {
        Optional<Route> found = Route.of(request.method().name(), new QueryStringDecoder(request.uri()).rawPath());
        if (found.isEmpty()) {
            Response nothing =
                    ApiException.notFound("There is nothing at this address").response();
            return request.receive().then(Mono.defer(() -> send(nothing, nettyResponse)));
        }
        Route route = found.get();
        Fault fault = faults.next(route.operation());
        Exchange exchange = new Exchange(route, request, observations, fault);
        observations.requestStarted(new Observations.ReceivedRequest(
                route.operation(),
                request.method().name(),
                request.uri(),
                Exchange.headers(request),
                exchange.clientCertificate(),
                settings.clock().instant()));
        Mono<Response> processing = response(exchange)
                .onErrorResume(ApiException.class, e -> Mono.just(e.response()))
                .onErrorResume(Api::isServiceError, thrown -> {
                    LOG.error("{} failed", route.operation(), thrown);
                    return Mono.just(Response.xml(500, ErrorMessage.write("INTERNAL_ERROR", String.valueOf(thrown))));
                });
        return fault.response(processing, exchange)
                .flatMap(response -> response.ending().equals(Response.Ending.NONE)
                        ? send(response, nettyResponse)
                        : sendAndEnd(response, nettyResponse, exchange));
    }

    private Mono<Response> response(Exchange exchange) {
        return NonFatalErrors.defer(() -> {
            String organizationNumber = exchange.route().organizationNumber();
            if (!rateLimit.allows(organizationNumber)) {
                return exchange.received().thenReturn(Response.empty(429).with("DoSFilter", "blocked"));
            }
            Optional<Caller> known = caller(exchange);
            if (known.isEmpty()) {
                return exchange.received()
                        .thenReturn(Response.empty(401).with("WWW-Authenticate", "Bearer error=\"invalid_token\""));
            }
            Caller caller = known.get();
            try {
                access.check(caller.organizationNumber(), organizationNumber);
                return switch (exchange.route().operation()) {
                    case CREATE -> create(exchange, caller);
                    case NEW_REDIRECT_URL -> newRedirectUrl(exchange);
                    default -> exchange.received().then(NonFatalErrors.defer(() -> permitted(exchange, caller)));
                };
            } catch (ApiException e) {
                return exchange.received().then(Mono.error(e));
            }
        });
    }

    /**
     * Returns the client that the token was issued to. Without a token, returns the owner of the client certificate.
     */
    private Optional<Caller> caller(Exchange exchange) {
        return exchange.accessToken()
                .flatMap(token -> tokens.flatMap(issued -> issued.callerOf(token)))
                .or(() -> exchange.accessToken().isPresent()
                        ? Optional.empty()
                        : Optional.ofNullable(exchange.clientCertificate()).map(Caller::of));
    }

    private Mono<Response> create(Exchange exchange, Caller caller) {
        String boundary = MultipartParser.boundary(exchange.contentType());
        return Upload.receive(exchange.content(), boundary, directory, upload -> {
            exchange.complete();
            return jobs.create(exchange.route(), caller, upload, exchange.root());
        });
    }

    private Mono<Response> newRedirectUrl(Exchange exchange) {
        return exchange.small()
                .publishOn(Schedulers.boundedElastic())
                .flatMap(body -> NonFatalErrors.fromCallable(
                        () -> jobs.newRedirectUrl(exchange.route(), body, exchange.root())));
    }

    private Mono<Response> permitted(Exchange exchange, Caller caller) {
        Route route = exchange.route();
        return switch (route.operation()) {
            case WHO_AM_I -> Mono.just(whoAmI(caller.organizationNumber(), route.organizationNumber()));
            case POLL ->
                NonFatalErrors.fromCallable(
                        () -> jobs.poll(route, exchange.parameter("polling_queue"), exchange.root()));
            case CONFIRM -> NonFatalErrors.fromCallable(() -> jobs.confirm(route));
            case CANCEL -> NonFatalErrors.fromCallable(() -> jobs.cancel(route));
            case DELETE_DOCUMENTS -> NonFatalErrors.fromCallable(() -> jobs.deleteDocuments(route));
            case PADES -> documents.pades(route);
            case XADES -> documents.xades(route);
            case ARCHIVED_PADES -> documents.archivedPades(route);
            case STATUS ->
                NonFatalErrors.fromCallable(
                        () -> jobs.status(route, exchange.parameter("status_query_token"), exchange.root()));
            case CREATE, NEW_REDIRECT_URL -> throw new IllegalStateException("Has been dealt with");
        };
    }

    private static Response whoAmI(String caller, String sender) {
        String text = "You are " + caller + (caller.equals(sender) ? "" : ", operating on behalf of " + sender);
        return Response.of(200, "text/plain;charset=UTF-8", Body.of(text.getBytes(UTF_8)));
    }

    private Mono<Void> send(Response response, HttpServerResponse nettyResponse) {
        return head(response, nettyResponse).send(response.body().content()).then();
    }

    /** Sends the length of the whole body, but only part of the body, and then ends the connection. */
    private Mono<Void> sendAndEnd(Response response, HttpServerResponse nettyResponse, Exchange exchange) {
        Flux<ByteBuf> part =
                response.body().upTo(response.ending().afterBytes()).content();
        return head(response, nettyResponse)
                .send(part)
                .then(response.ending().reset() ? exchange.reset() : exchange.close())
                .then();
    }

    private HttpServerResponse head(Response response, HttpServerResponse nettyResponse) {
        nettyResponse.status(response.status());
        nettyResponse.header(
                HttpHeaderNames.DATE,
                HTTP_DATE.format(settings.clock().instant().plus(response.skew())));
        response.headers().forEach(nettyResponse::header);
        if (response.status() != 204) {
            nettyResponse.header(
                    HttpHeaderNames.CONTENT_LENGTH,
                    Long.toString(response.body().length()));
        }
        return nettyResponse;
    }

    /** Returns whether the error is an error of the service. A connection that the client closed is not. */
    private static boolean isServiceError(Throwable thrown) {
        return !(thrown instanceof AbortedException) && !(thrown instanceof IOException);
    }
}
