package io.github.signaturereactive.spring.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.DocumentDownload;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.ServiceEnvironment;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.XAdESReference;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.FutureMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

/** Streams signed documents from the service through an application to a browser, over real connections. */
class DownloadThroughWebFluxTest {

    private static final byte[] PIECE = new byte[1 << 14];

    /** More than the capacity of all sockets and buffers in between. */
    private static final int ENDLESS = 1 << 16;

    private static DisposableServer service;
    private static ReactiveWebServerApplicationContext application;
    private static HttpClient browser;

    private static final AtomicInteger PIECES_SENT = new AtomicInteger();
    private static volatile CountDownLatch closed = new CountDownLatch(1);

    /** A WebFlux application with controllers. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Pages.class)
    @RestController
    static class Application {

        private final PortalClient portal;

        Application(PortalClient portal) {
            this.portal = portal;
        }

        @Bean
        static ClientConfiguration configuration() {
            try (SigningService any = SigningService.start()) {
                var certificate = any.clientCertificate();
                return ClientConfiguration.builder(
                                OrganizationCertificate.fromPkcs12(certificate.path(), certificate.password()))
                        .environment(ServiceEnvironment.DIFITEST.withServiceUrl(url("")))
                        .unlimitedCalls()
                        .build();
            }
        }

        @GetMapping("/pades")
        DocumentDownload pades() {
            return portal.getPAdES(PAdESReference.of(url("/pades")));
        }

        @GetMapping("/contract")
        Mono<DocumentDownload> contract() {
            return Mono.fromSupplier(this::pades).map(download -> download.named("Kontrakt for Åse.pdf"));
        }

        @GetMapping("/lease")
        DocumentDownload lease() {
            return pades().named("Lease 2026/27.pdf");
        }

        @GetMapping("/shown")
        ResponseEntity<DocumentDownload> shown() {
            return ResponseEntity.ok()
                    .headers(headers -> headers.setContentDisposition(
                            ContentDisposition.inline().filename("shown.pdf").build()))
                    .header("Cache-Control", "private")
                    .body(pades());
        }

        @GetMapping("/entity")
        Mono<ResponseEntity<DocumentDownload>> entity() {
            return Mono.fromSupplier(() -> ResponseEntity.ok(pades()));
        }

        @GetMapping("/entity/mono")
        ResponseEntity<Mono<DocumentDownload>> entityOfMono() {
            return ResponseEntity.ok(Mono.fromSupplier(this::pades));
        }

        @GetMapping("/entity/xades")
        ResponseEntity<DocumentDownload> entityOfXades() {
            return ResponseEntity.ok(xades());
        }

        @GetMapping("/typed")
        ResponseEntity<DocumentDownload> typed() {
            return ResponseEntity.ok()
                    .contentType(MediaType.parseMediaType("application/x-pdf"))
                    .body(pades());
        }

        @GetMapping("/xades")
        DocumentDownload xades() {
            return portal.getXAdES(XAdESReference.of(url("/xades")));
        }

        @GetMapping({"/404", "/410", "/500", "/403"})
        DocumentDownload refused(ServerWebExchange exchange) {
            return portal.getPAdES(
                    PAdESReference.of(url(exchange.getRequest().getPath().value())));
        }

        @GetMapping("/nothing")
        Mono<DocumentDownload> nothing() {
            return Mono.empty();
        }

        @GetMapping("/unreachable")
        DocumentDownload unreachable() {
            return portal.getPAdES(PAdESReference.of(url("/slammed")));
        }

        @GetMapping("/cut")
        DocumentDownload cut() {
            return portal.getPAdES(PAdESReference.of(url("/cut")));
        }

        @GetMapping("/endless")
        DocumentDownload endless() {
            return portal.getPAdES(PAdESReference.of(url("/endless")));
        }

        @Bean
        RouterFunction<ServerResponse> functional() {
            return RouterFunctions.route()
                    .GET("/functional", request -> ServerResponse.ok().bodyValue(pades()))
                    .build();
        }
    }

    /** A controller whose other methods return view names. */
    @Controller
    static class Pages {

        private final PortalClient portal;

        Pages(PortalClient portal) {
            this.portal = portal;
        }

        @GetMapping("/pages/pades")
        DocumentDownload pades() {
            return portal.getPAdES(PAdESReference.of(url("/pades")));
        }

        @GetMapping("/pages/mono")
        Mono<DocumentDownload> mono() {
            return Mono.fromSupplier(this::pades);
        }
    }

    private static URI url(String path) {
        return URI.create("http://127.0.0.1:" + service.port() + "/api" + path);
    }

    @BeforeAll
    static void start() {
        service = HttpServer.create()
                .host("127.0.0.1")
                .route(routes -> routes.get(
                                "/api/pades", (request, response) -> document(response, "application/octet-stream"))
                        .get("/api/xades", (request, response) -> document(response, "application/xml;charset=utf-8"))
                        .get(
                                "/api/404",
                                (request, response) -> response.status(404).send())
                        .get(
                                "/api/410",
                                (request, response) -> response.status(410).send())
                        .get(
                                "/api/500",
                                (request, response) -> response.status(500).send())
                        .get(
                                "/api/403",
                                (request, response) -> response.status(403).send())
                        .get("/api/slammed", (request, response) -> slam(response))
                        .get("/api/cut", (request, response) -> cut(response))
                        .get("/api/endless", (request, response) -> endless(response)))
                .bindNow();
        application = (ReactiveWebServerApplicationContext) SpringApplication.run(Application.class, "--server.port=0");
        browser = HttpClient.newConnection()
                .baseUrl("http://127.0.0.1:" + application.getWebServer().getPort());
    }

    @AfterAll
    static void stop() {
        application.close();
        service.disposeNow();
    }

    @BeforeEach
    void reset() {
        PIECES_SENT.set(0);
        closed = new CountDownLatch(1);
    }

    private static Publisher<Void> document(HttpServerResponse response, String type) {
        return response.header("Content-Type", type)
                .header("Content-Length", "8")
                .sendByteArray(Mono.just("document".getBytes(UTF_8)));
    }

    private static Mono<Void> slam(HttpServerResponse response) {
        return Mono.defer(() -> {
            AtomicReference<Channel> channel = new AtomicReference<>();
            response.withConnection(connection -> channel.set(connection.channel()));
            return FutureMono.from(channel.get().close());
        });
    }

    private static Publisher<Void> cut(HttpServerResponse response) {
        return response.header("Content-Type", "application/pdf")
                .header("Content-Length", Integer.toString(1024 * PIECE.length))
                .sendByteArray(Flux.concat(
                        Flux.range(0, 512).map(i -> PIECE), slam(response).cast(byte[].class)));
    }

    private static Publisher<Void> endless(HttpServerResponse response) {
        CountDownLatch ended = closed;
        response.withConnection(connection -> connection.onDispose(ended::countDown));
        return response.header("Content-Type", "application/pdf")
                .send(Flux.range(0, ENDLESS).map(i -> {
                    PIECES_SENT.incrementAndGet();
                    return Unpooled.wrappedBuffer(PIECE);
                }));
    }

    @ParameterizedTest
    @CsvSource({
        "/pades, attachment; filename=\"pades.pdf\"; filename*=UTF-8''pades.pdf, no-store",
        "/pages/pades, attachment; filename=\"pades.pdf\"; filename*=UTF-8''pades.pdf, no-store",
        "/pages/mono, attachment; filename=\"pades.pdf\"; filename*=UTF-8''pades.pdf, no-store",
        "/contract, attachment; filename=\"Kontrakt for Ase.pdf\"; filename*=UTF-8''Kontrakt%20for%20%C3%85se.pdf, no-store",
        "/lease, attachment; filename=\"Lease 2026_27.pdf\"; filename*=UTF-8''Lease%202026_27.pdf, no-store",
        "/shown, inline; filename=\"shown.pdf\", private",
        "/functional, attachment; filename=\"pades.pdf\"; filename*=UTF-8''pades.pdf, no-store",
    })
    void writesPAdESWithTypeLengthAndName(String path, String disposition, String cacheControl) {
        StepVerifier.create(browser.headers(
                                headers -> headers.set("Accept", "text/html,application/xml;q=0.9,*/*;q=0.8"))
                        .get()
                        .uri(path)
                        .responseSingle((response, body) -> body.asString()
                                .doOnNext(text -> assertThat(response)
                                        .returns(
                                                "application/pdf",
                                                answer ->
                                                        answer.responseHeaders().get("Content-Type"))
                                        .returns(
                                                "8",
                                                answer ->
                                                        answer.responseHeaders().get("Content-Length"))
                                        .returns(
                                                disposition,
                                                answer ->
                                                        answer.responseHeaders().get("Content-Disposition"))
                                        .returns(
                                                cacheControl,
                                                answer ->
                                                        answer.responseHeaders().get("Cache-Control")))))
                .expectNext("document")
                .verifyComplete();
    }

    @Test
    void writesXAdESWithTypeAndName() {
        StepVerifier.create(browser.get()
                        .uri("/xades")
                        .responseSingle((response, body) -> body.asString()
                                .map(text -> response.responseHeaders().get("Content-Type")
                                        + response.responseHeaders().get("Content-Disposition"))))
                .assertNext(headers ->
                        assertThat(headers).startsWith("application/xml").endsWith("xades.xml"))
                .verifyComplete();
    }

    static Stream<Arguments> acceptedByWhateverClient() {
        Map<String, String> types = Map.of(
                "/pades", "application/pdf",
                "/entity", "application/pdf",
                "/entity/mono", "application/pdf",
                "/functional", "application/pdf",
                "/typed", "application/x-pdf",
                "/xades", "application/xml",
                "/entity/xades", "application/xml");
        return types.entrySet().stream()
                .flatMap(type -> Stream.of(
                                "text/html",
                                "*/*",
                                "application/pdf",
                                "image/webp",
                                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
                                null)
                        .map(accept -> arguments(type.getKey(), accept, type.getValue())));
    }

    @ParameterizedTest
    @MethodSource("acceptedByWhateverClient")
    void ignoresAcceptHeader(String path, String accept, String type) {
        StepVerifier.create(browser.headers(headers -> {
                            if (accept == null) {
                                headers.remove("Accept");
                            } else {
                                headers.set("Accept", accept);
                            }
                        })
                        .get()
                        .uri(path)
                        .responseSingle((response, body) -> body.asString()
                                .map(text -> response.status().code() + " "
                                        + response.responseHeaders().get("Content-Type") + " " + text)))
                .expectNext("200 " + type + " document")
                .verifyComplete();
    }

    @Test
    void headRequestGetsNoBody() {
        StepVerifier.create(browser.request(HttpMethod.HEAD)
                        .uri("/pades")
                        .responseSingle((response, body) -> body.asByteArray()
                                .map(bytes -> bytes.length)
                                .defaultIfEmpty(0)
                                .map(length -> length + " of "
                                        + response.responseHeaders().get("Content-Length"))))
                .expectNext("0 of 8")
                .verifyComplete();
    }

    @ParameterizedTest
    @CsvSource({"/404, 404", "/nothing, 404", "/410, 404", "/500, 502", "/403, 502", "/unreachable, 503"})
    void missingDocumentIsAnError(String path, int status) {
        StepVerifier.create(browser.get()
                        .uri(path)
                        .responseSingle((response, body) -> body.asString()
                                .map(text -> response.status().code() + " "
                                        + response.responseHeaders().get("Content-Disposition") + text)))
                .assertNext(answer -> assertThat(answer)
                        .startsWith(status + " null")
                        .contains("\"path\":\"" + path + "\"")
                        .doesNotContain("127.0.0.1"))
                .verifyComplete();
    }

    @Test
    void truncatedDownloadTruncatesResponse() {
        StepVerifier.create(browser.get().uri("/cut").responseContent().asByteArray())
                .thenConsumeWhile(bytes -> true)
                .verifyError(PrematureCloseException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closedBrowserConnectionCancelsDownload(boolean reset) throws Exception {
        Socket socket = askForEndless();
        assertThat(socket.getInputStream().readNBytes(PIECE.length)).hasSize(PIECE.length);
        if (reset) {
            socket.setSoLinger(true, 0);
        }
        socket.close();

        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void slowBrowserSlowsDownService() throws Exception {
        try (Socket socket = askForEndless()) {
            assertThat(socket.getInputStream().readNBytes(PIECE.length)).hasSize(PIECE.length);
            standsStill();

            assertThat(PIECES_SENT.get()).isLessThan(ENDLESS / 8);
        }
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Waits until nothing has been sent for a while. Does not depend on the speed of the machine. */
    private static void standsStill() {
        StepVerifier.create(Flux.interval(Duration.ofMillis(200))
                        .map(i -> PIECES_SENT.get())
                        .buffer(2, 1)
                        .filter(two -> two.get(0).equals(two.get(1)))
                        .next())
                .expectNextCount(1)
                .verifyComplete();
    }

    private static Socket askForEndless() throws IOException {
        var socket = new Socket(
                InetAddress.getLoopbackAddress(), application.getWebServer().getPort());
        socket.getOutputStream().write("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
        return socket;
    }
}
