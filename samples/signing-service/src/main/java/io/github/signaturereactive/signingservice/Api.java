package io.github.signaturereactive.signingservice;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.Logger;
import reactor.util.Loggers;

/** The API as HTTP: from a request to the operation it means, and from the answer or refusal to a response. */
final class Api {

    private static final Logger LOG = Loggers.getLogger(Api.class);

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Settings settings;
    private final Access access;
    private final RateLimit rateLimit;
    private final PortalFlow portal;
    private final Observations observations;
    private final Path directory;

    Api(Settings settings, PortalFlow portal, Observations observations, Path directory) {
        this.settings = settings;
        this.access = new Access(settings.withoutAccess(), settings.sendersByBroker());
        this.rateLimit = new RateLimit(settings.callsPerSecond(), settings.blockedFor(), settings.clock());
        this.portal = portal;
        this.observations = observations;
        this.directory = directory;
    }

    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        Optional<Route> found = Route.of(request.method().name(), path(request));
        if (found.isEmpty()) {
            return request.receive()
                    .then(send(
                            Refusal.notFound("There is nothing at this address").answer(), response));
        }
        Route route = found.get();
        observations.requestStarted(new Observations.ReceivedRequest(
                route.operation(),
                request.method().name(),
                request.uri(),
                headers(request),
                settings.clock().instant()));
        return answer(route, request)
                .onErrorResume(Refusal.class, refusal -> Mono.just(refusal.answer()))
                .onErrorResume(Api::isOurFault, fault -> {
                    LOG.error("{} {} failed", request.method(), route.operation(), fault);
                    return Mono.just(Answer.xml(500, ErrorMessage.write("INTERNAL_ERROR", String.valueOf(fault))));
                })
                .flatMap(answer -> send(answer, response));
    }

    private Mono<Answer> answer(Route route, HttpServerRequest request) {
        return Mono.defer(() -> {
            String organizationNumber = route.organizationNumber();
            if (!rateLimit.allows(organizationNumber)) {
                return received(route, request).thenReturn(Answer.empty(429).with("DoSFilter", "blocked"));
            }
            String caller = caller(request);
            try {
                access.check(caller, organizationNumber);
                return permitted(route, caller, request);
            } catch (Refusal refusal) {
                return received(route, request).then(Mono.error(refusal));
            }
        });
    }

    private Mono<Answer> permitted(Route route, String caller, HttpServerRequest request) {
        URI root = root(request);
        if (route.operation() == Operation.CREATE) {
            String boundary = MultipartParser.boundary(
                    Optional.ofNullable(request.requestHeaders().get(HttpHeaderNames.CONTENT_TYPE))
                            .orElse(""));
            return Upload.receive(content(request), boundary, directory, upload -> {
                observations.requestComplete(route.operation());
                return portal.create(route, caller, upload, root);
            });
        }
        return received(route, request).then(Mono.defer(() -> switch (route.operation()) {
            case WHO_AM_I -> Mono.just(whoAmI(caller, route.organizationNumber()));
            case POLL -> Mono.fromCallable(() -> portal.poll(route, queueName(request), root));
            case CONFIRM -> Mono.fromCallable(() -> portal.confirm(route));
            case CANCEL -> Mono.fromCallable(() -> portal.cancel(route));
            case DELETE_DOCUMENTS -> Mono.fromCallable(() -> portal.deleteDocuments(route));
            case PADES -> portal.pades(route);
            case XADES -> portal.xades(route);
            case CREATE -> throw new IllegalStateException("Has been dealt with");
        }));
    }

    private static Answer whoAmI(String caller, String sender) {
        String text = "You are " + caller + (caller.equals(sender) ? "" : ", operating on behalf of " + sender);
        return Answer.of(
                200, "text/plain;charset=UTF-8", Body.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    /** Reads a body that says nothing to its end, so that the connection can be used again. */
    private Mono<Void> received(Route route, HttpServerRequest request) {
        return content(request).then(Mono.fromRunnable(() -> observations.requestComplete(route.operation())));
    }

    private static Flux<ByteBuf> content(HttpServerRequest request) {
        return request.receive();
    }

    private Mono<Void> send(Answer answer, HttpServerResponse response) {
        response.status(answer.status());
        response.header(HttpHeaderNames.DATE, HTTP_DATE.format(settings.clock().instant()));
        answer.headers().forEach(response::header);
        if (answer.status() != 204) {
            response.header(
                    HttpHeaderNames.CONTENT_LENGTH, Long.toString(answer.body().length()));
        }
        return response.send(answer.body().content()).then();
    }

    /** Rather than the client's, who went away. */
    private static boolean isOurFault(Throwable thrown) {
        return !(thrown instanceof AbortedException) && !(thrown instanceof IOException);
    }

    /** The organization the client's certificate belongs to; the handshake has made sure that there is one. */
    private static String caller(HttpServerRequest request) {
        String[] caller = new String[1];
        request.withConnection(connection -> {
            SslHandler tls = connection.channel().pipeline().get(SslHandler.class);
            try {
                X509Certificate certificate =
                        (X509Certificate) tls.engine().getSession().getPeerCertificates()[0];
                caller[0] = OrganizationNumber.of(certificate).orElse("");
            } catch (SSLPeerUnverifiedException e) {
                caller[0] = "";
            }
        });
        return caller[0];
    }

    /** The address as the client sees it, which the links in the answers have to begin with. */
    private static URI root(HttpServerRequest request) {
        return URI.create("https://" + request.requestHeaders().get(HttpHeaderNames.HOST) + "/api");
    }

    private static String path(HttpServerRequest request) {
        return new QueryStringDecoder(request.uri()).rawPath();
    }

    private static String queueName(HttpServerRequest request) {
        List<String> names = new QueryStringDecoder(request.uri()).parameters().get("polling_queue");
        return names == null ? "" : names.get(0);
    }

    private static Map<String, String> headers(HttpServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.requestHeaders()
                .forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return headers;
    }
}
