package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.UTF_8;

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
 * The HTTP layer of the API. Finds the operation of a request, runs it, and sends the answer or refusal as a response.
 */
final class Api {

    private static final Logger LOG = Loggers.getLogger(Api.class);

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Settings settings;
    private final Access access;
    private final RateLimit rateLimit;
    private final JobOperations jobs;
    private final SignedDocuments documents;
    private final Observations observations;
    private final Path directory;
    private final Faults faults;
    private final Optional<AccessTokens> tokens;

    Api(
            Settings settings,
            JobOperations jobs,
            SignedDocuments documents,
            Observations observations,
            Path directory,
            Faults faults,
            Optional<AccessTokens> tokens) {
        this.settings = settings;
        this.access = new Access(settings.withoutAccess(), settings.sendersByBroker());
        this.rateLimit = new RateLimit(settings.callsPerSecond(), settings.blockedFor(), settings.clock());
        this.jobs = jobs;
        this.documents = documents;
        this.observations = observations;
        this.directory = directory;
        this.faults = faults;
        this.tokens = tokens;
    }

    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return Guarded.defer(() -> respond(request, response));
    }

    private Mono<Void> respond(HttpServerRequest request, HttpServerResponse response) {
        Optional<Route> found = Route.of(request.method().name(), new QueryStringDecoder(request.uri()).rawPath());
        if (found.isEmpty()) {
            Answer nothing =
                    Refusal.notFound("There is nothing at this address").answer();
            return request.receive().then(Mono.defer(() -> send(nothing, response)));
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
        Mono<Answer> processing = answer(exchange)
                .onErrorResume(Refusal.class, refusal -> Mono.just(refusal.answer()))
                .onErrorResume(Api::isOurFault, thrown -> {
                    LOG.error("{} failed", route.operation(), thrown);
                    return Mono.just(Answer.xml(500, ErrorMessage.write("INTERNAL_ERROR", String.valueOf(thrown))));
                });
        return fault.answer(processing, exchange)
                .flatMap(answer -> answer.ending().equals(Answer.Ending.NONE)
                        ? send(answer, response)
                        : sendAndEnd(answer, response, exchange));
    }

    private Mono<Answer> answer(Exchange exchange) {
        return Guarded.defer(() -> {
            String organizationNumber = exchange.route().organizationNumber();
            if (!rateLimit.allows(organizationNumber)) {
                return exchange.received().thenReturn(Answer.empty(429).with("DoSFilter", "blocked"));
            }
            Optional<Caller> known = caller(exchange);
            if (known.isEmpty()) {
                return exchange.received()
                        .thenReturn(Answer.empty(401).with("WWW-Authenticate", "Bearer error=\"invalid_token\""));
            }
            Caller caller = known.get();
            try {
                access.check(caller.organizationNumber(), organizationNumber);
                return switch (exchange.route().operation()) {
                    case CREATE -> create(exchange, caller);
                    case NEW_REDIRECT_URL -> newRedirectUrl(exchange);
                    default -> exchange.received().then(Guarded.defer(() -> permitted(exchange, caller)));
                };
            } catch (Refusal refusal) {
                return exchange.received().then(Mono.error(refusal));
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

    private Mono<Answer> create(Exchange exchange, Caller caller) {
        String boundary = MultipartParser.boundary(exchange.contentType());
        return Upload.receive(exchange.content(), boundary, directory, upload -> {
            exchange.complete();
            return jobs.create(exchange.route(), caller, upload, exchange.root());
        });
    }

    private Mono<Answer> newRedirectUrl(Exchange exchange) {
        return exchange.small()
                .publishOn(Schedulers.boundedElastic())
                .flatMap(body -> Guarded.call(() -> jobs.newRedirectUrl(exchange.route(), body, exchange.root())));
    }

    private Mono<Answer> permitted(Exchange exchange, Caller caller) {
        Route route = exchange.route();
        return switch (route.operation()) {
            case WHO_AM_I -> Mono.just(whoAmI(caller.organizationNumber(), route.organizationNumber()));
            case POLL -> Guarded.call(() -> jobs.poll(route, exchange.parameter("polling_queue"), exchange.root()));
            case CONFIRM -> Guarded.call(() -> jobs.confirm(route));
            case CANCEL -> Guarded.call(() -> jobs.cancel(route));
            case DELETE_DOCUMENTS -> Guarded.call(() -> jobs.deleteDocuments(route));
            case PADES -> documents.pades(route);
            case XADES -> documents.xades(route);
            case ARCHIVED_PADES -> documents.archivedPades(route);
            case STATUS ->
                Guarded.call(() -> jobs.status(route, exchange.parameter("status_query_token"), exchange.root()));
            case CREATE, NEW_REDIRECT_URL -> throw new IllegalStateException("Has been dealt with");
        };
    }

    private static Answer whoAmI(String caller, String sender) {
        String text = "You are " + caller + (caller.equals(sender) ? "" : ", operating on behalf of " + sender);
        return Answer.of(200, "text/plain;charset=UTF-8", Body.of(text.getBytes(UTF_8)));
    }

    private Mono<Void> send(Answer answer, HttpServerResponse response) {
        return head(answer, response).send(answer.body().content()).then();
    }

    /** Sends the length of the whole body, but only part of the body, and then ends the connection. */
    private Mono<Void> sendAndEnd(Answer answer, HttpServerResponse response, Exchange exchange) {
        Flux<ByteBuf> part = answer.body().upTo(answer.ending().afterBytes()).content();
        return head(answer, response)
                .send(part)
                .then(answer.ending().reset() ? exchange.reset() : exchange.close())
                .then();
    }

    private HttpServerResponse head(Answer answer, HttpServerResponse response) {
        response.status(answer.status());
        response.header(
                HttpHeaderNames.DATE,
                HTTP_DATE.format(settings.clock().instant().plus(answer.skew())));
        answer.headers().forEach(response::header);
        if (answer.status() != 204) {
            response.header(
                    HttpHeaderNames.CONTENT_LENGTH, Long.toString(answer.body().length()));
        }
        return response;
    }

    /** Returns whether the error is an error of the service. A connection that the client closed is not. */
    private static boolean isOurFault(Throwable thrown) {
        return !(thrown instanceof AbortedException) && !(thrown instanceof IOException);
    }
}
