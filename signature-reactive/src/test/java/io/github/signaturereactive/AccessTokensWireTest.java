package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.signaturereactive.connection.ProxySettings;
import io.github.signaturereactive.job.AccessTokenException;
import io.github.signaturereactive.job.Failure;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.observation.CallObserver;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.schemas.Examples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How access tokens are asked for and shown, byte for byte, and what becomes of each answer. */
class AccessTokensWireTest {

    private static final String TOKEN = "s3cr3t-t0ken.0123456789abcdefghijklmnopqrstuvwxyz~+/==";

    private final MockWebServer service = new MockWebServer();
    private final MockWebServer tokens = new MockWebServer();
    private SignatureClient client;

    @BeforeEach
    void start() throws IOException {
        service.start(InetAddress.getLoopbackAddress(), 0);
        tokens.start(InetAddress.getLoopbackAddress(), 0);
        client = client(configuration -> configuration);
    }

    @AfterEach
    void stop() {
        StepVerifier.create(client.disposeLater()).verifyComplete();
        service.close();
        tokens.close();
    }

    @Test
    void aTokenIsAskedForByAForm() throws Exception {
        tokens.enqueue(token(3600));
        service.enqueue(text(200, "You"));

        StepVerifier.create(client.whoAmI()).expectNext("You").verifyComplete();

        RecordedRequest request = tokens.takeRequest();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getTarget()).isEqualTo("/oauth2/token");
        assertThat(request.getHeaders().values("Content-Type")).containsExactly("application/x-www-form-urlencoded");
        assertThat(request.getHeaders().values("Accept")).containsExactly("application/json");
        assertThat(request.getHeaders().get("User-Agent"))
                .isEqualTo(service.takeRequest().getHeaders().get("User-Agent"))
                .startsWith("signature-reactive/")
                .endsWith(" (leases/2.1)");
        assertThat(request.getHeaders().values("Authorization")).isEmpty();
        assertThat(request.getHeaders().values("Content-Length")).hasSize(1);
        assertThat(request.getBody().utf8())
                .isEqualTo("grant_type=client_credentials&client_id=client%3A%C3%A6%2F1%2B2"
                        + "&scope=signering%3Abroker-17"
                        + "&resource=http%3A%2F%2F127.0.0.1%3A" + service.getPort());
    }

    private static MockResponse success(ApiCall call) {
        return switch (call) {
            case CREATE_PORTAL_JOB -> xml(Examples.PORTAL_SIGNATURE_JOB_RESPONSE.bytes());
            case CREATE_DIRECT_JOB -> xml(Examples.DIRECT_SIGNATURE_JOB_RESPONSE.bytes());
            case STATUS -> xml(Examples.DIRECT_SIGNATURE_JOB_STATUS_RESPONSE.bytes());
            case NEW_REDIRECT_URL -> xml(Examples.DIRECT_SIGNER_RESPONSE.bytes());
            case POLL_DIRECT, POLL_PORTAL, CONFIRM, CANCEL, DELETE_DOCUMENTS -> text(204, "");
            default -> text(200, "content");
        };
    }

    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void everyCallShowsTheToken(ApiCall call) throws Exception {
        tokens.enqueue(token(3600));
        service.enqueue(success(call));

        StepVerifier.create(call.to(client, root()))
                .thenConsumeWhile(any -> true)
                .verifyComplete();

        assertThat(service.takeRequest().getHeaders().values("Authorization")).containsExactly("Bearer " + TOKEN);
    }

    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void everyCallWhoseTokenIsRefusedIsMadeOnceMoreWithAnother(ApiCall call) throws Exception {
        tokens.enqueue(token(3600));
        tokens.enqueue(json(200, "{\"access_token\":\"another\",\"expires_in\":3600}"));
        service.enqueue(text(401, ""));
        service.enqueue(success(call));

        StepVerifier.create(call.to(client, root()))
                .thenConsumeWhile(any -> true)
                .verifyComplete();

        RecordedRequest first = service.takeRequest();
        RecordedRequest second = service.takeRequest();
        assertThat(first.getHeaders().values("Authorization")).containsExactly("Bearer " + TOKEN);
        assertThat(second.getHeaders().values("Authorization")).containsExactly("Bearer another");
        assertThat(second.getMethod() + second.getTarget()).isEqualTo(first.getMethod() + first.getTarget());
        assertThat(tokens.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void everyCallIsMadeNoMoreThanTwice(ApiCall call) {
        for (int i = 0; i < 3; i++) {
            tokens.enqueue(token(3600));
            service.enqueue(text(401, ""));
        }

        StepVerifier.create(call.to(client, root()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                UnexpectedResponseException.class,
                                refused -> assertThat(refused.httpStatus()).isEqualTo(401))
                        .hasMessageContaining("also rejected a new access token"))
                .verify();

        assertThat(service.getRequestCount()).isEqualTo(2);
    }

    @Test
    void aCreateRequestThatIsRepeatedIsCompleteAndSignedAnew() throws Exception {
        var clock = new TickingClock();
        try (var ticking = client(configuration -> configuration.clock(clock))) {
            tokens.enqueue(token(3600));
            tokens.enqueue(token(3600));
            service.enqueue(text(401, ""));
            service.enqueue(xml(Examples.PORTAL_SIGNATURE_JOB_RESPONSE.bytes()));
            var subscriptions = new AtomicInteger();
            Flux<ByteBuffer> document = Flux.range(0, 50)
                    .map(i -> ByteBuffer.wrap(new byte[1000]))
                    .doOnSubscribe(any -> subscriptions.incrementAndGet());

            StepVerifier.create(ticking.portal().create(portalJob(document)))
                    .expectNextCount(1)
                    .verifyComplete();

            Map<String, byte[]> first = bundle(service.takeRequest());
            Map<String, byte[]> second = bundle(service.takeRequest());
            assertThat(subscriptions).hasValue(2);
            assertThat(second.keySet())
                    .containsExactlyElementsOf(first.keySet())
                    .contains("manifest.xml", "META-INF/signatures.xml");
            assertThat(second.get("manifest.xml")).isEqualTo(first.get("manifest.xml"));
            assertThat(first.get("0000_document.pdf")).hasSize(50_000).isEqualTo(second.get("0000_document.pdf"));
            assertThat(signingTime(second)).isAfter(signingTime(first));
        }
    }

    @Test
    void anUploadThatIsRefusedBeforeItsEndIsCancelledAndBegunAnew() throws Exception {
        var cancelled = new CountDownLatch(1);
        var attempts = new AtomicInteger();
        var connections = new AtomicInteger();
        Flux<ByteBuffer> endless = Flux.<ByteBuffer>generate(sink -> sink.next(ByteBuffer.wrap(noise())))
                .doOnCancel(cancelled::countDown);
        Flux<ByteBuffer> document = Flux.defer(
                () -> attempts.getAndIncrement() == 0 ? endless : Flux.just(ByteBuffer.wrap(new byte[] {1})));
        byte[] created = Examples.PORTAL_SIGNATURE_JOB_RESPONSE.bytes();
        tokens.enqueue(token(3600));
        tokens.enqueue(token(3600));
        try (var server = new RawServer(peer -> {
                    if (connections.getAndIncrement() == 0) {
                        assertThat(peer.readAtLeast(200_000)).isTrue();
                        peer.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
                        peer.readAll();
                    } else if (peer.readUntil("\r\n0\r\n\r\n")) {
                        peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: "
                                + created.length + "\r\n\r\n" + new String(created, UTF_8));
                        peer.readAll();
                    }
                });
                var uploading = client(configuration -> configuration.environment(environment(server.url())))) {
            StepVerifier.create(uploading.portal().create(portalJob(document)))
                    .expectNextCount(1)
                    .verifyComplete();

            assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
            server.peer(0).awaitEnd();
            assertThat(server.peer(0).received()).doesNotContain("\r\n0\r\n\r\n");
            assertThat(server.peers()).hasSize(2);
            assertThat(attempts).hasValue(2);
        }
    }

    /** For instance of another client, from which a document comes, or to which a download goes. */
    @Test
    void aRefusalElsewhereRepeatsNothingHere() {
        var elsewhere = new UnexpectedResponseException(new Failure("GET /elsewhere", true, 401, null, null), null);
        tokens.enqueue(token(3600));
        service.enqueue(text(200, "content"));

        StepVerifier.create(client.portal()
                        .getPAdES(PAdESReference.of(URI.create(root() + "/pades")))
                        .exchange((headers, bytes) -> bytes.then(Mono.error(elsewhere))))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(elsewhere))
                .verify();
        assertThat(service.getRequestCount()).isEqualTo(1);

        var subscriptions = new AtomicInteger();
        StepVerifier.create(client.portal().create(portalJob(Flux.defer(() -> {
                    subscriptions.incrementAndGet();
                    return Flux.error(elsewhere);
                }))))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(elsewhere))
                .verify();
        assertThat(subscriptions).hasValue(1);
    }

    @Test
    void whoObservesCallsHearsOfBoth() {
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        CallObserver observer = (call, context) -> new CallObserver.Observed() {
            @Override
            public void answered(int httpStatus) {
                statuses.add(httpStatus);
            }
        };
        tokens.enqueue(token(3600));
        tokens.enqueue(token(3600));
        service.enqueue(text(401, ""));
        service.enqueue(text(200, "You"));
        try (var observed = client(configuration -> configuration.observer(observer))) {
            StepVerifier.create(observed.whoAmI()).expectNext("You").verifyComplete();
        }

        assertThat(statuses).containsExactly(401, 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "<html>" + TOKEN + "</html>",
                "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3600",
                "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3600} {}",
                "{\"expires_in\":3600}",
                "{\"access_token\":null,\"expires_in\":3600}",
                "{\"access_token\":\"\",\"expires_in\":3600}",
                "{\"access_token\":\"  \",\"expires_in\":3600}",
                "{\"access_token\":17,\"expires_in\":3600}",
                "{\"access_token\":[\"" + TOKEN + "\"],\"expires_in\":3600}",
                "{\"access_token\":\"" + TOKEN + "\\r\\nX-Injected: yes\",\"expires_in\":3600}",
                "{\"access_token\":\"" + TOKEN + " x\",\"expires_in\":3600}",
                "{\"access_token\":\"" + TOKEN + "\u00E6\",\"expires_in\":3600}",
                "{\"access_token\":\"" + TOKEN + "\"}",
                "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":null}",
                "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":\"3600\"}",
                "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3600.0}",
                "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":0}",
                "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":-1}",
                "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":31536001}",
                "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":99999999999999999999}",
                "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":true}"
            })
    void anAnswerWithoutAUsableTokenIsAnErrorThatDoesNotQuoteIt(String body) {
        tokens.enqueue(json(200, body));

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOfSatisfying(AccessTokenException.class, unusable -> {
                        assertThat(unusable.httpStatus()).isEqualTo(200);
                        assertThat(unusable.errorCode()).isNull();
                    });
                    assertThat(error)
                            .hasMessageStartingWith("POST http://127.0.0.1:" + tokens.getPort()
                                    + "/oauth2/token for an access token was answered with status 200. ");
                    assertThat(printed(error)).doesNotContain(TOKEN, "s3cr3t", "html", "Injected");
                })
                .verify();

        assertThat(service.getRequestCount()).isZero();
    }

    @Test
    void anAnswerMayHoldMoreThanIsRead() {
        tokens.enqueue(json(
                200,
                " {\"token_type\":\"Bearer\",\"scope\":[1,{}],\"expires_in\":31536000,\"access_token\":\"" + TOKEN
                        + "\",\"x\":null} \n"));
        service.enqueue(text(200, "You"));

        StepVerifier.create(client.whoAmI()).expectNext("You").verifyComplete();
    }

    @Test
    void anAnswerOfAnySizeIsNotReadToItsEnd() {
        tokens.enqueue(json(200, "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3600}" + " ".repeat(70_000)));

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(AccessTokenException.class)
                        .hasMessageContaining("more than 65536 bytes"))
                .verify();
    }

    @Test
    void aRefusalIsToldWithItsCodeItsDescriptionAndAdviceButWithoutSecrets() {
        tokens.enqueue(json(
                400,
                "{\"error\":\"invalid_target\",\"error_description\":\"unknown target, not " + TOKEN
                        + " for 12345678910\",\"access_token\":\"" + TOKEN + "\"}"));

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOfSatisfying(AccessTokenException.class, refused -> {
                        assertThat(refused.httpStatus()).isEqualTo(400);
                        assertThat(refused.errorCode()).isEqualTo("invalid_target");
                    });
                    assertThat(error)
                            .hasMessageContaining("invalid_target: unknown target, not ***")
                            .hasMessageContaining("issues no tokens for http://127.0.0.1:" + service.getPort() + ".");
                    assertThat(printed(error)).doesNotContain("s3cr3t", "12345678910");
                })
                .verify();
        assertThat(service.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                TOKEN,
                "{\"error\":17}",
                "{\"error\":\"bl\u00E5\"}",
                "{\"error\":\"two\\nlines\"}",
                "{\"error_description\":\"a \\\"quoted\\\" word\"}"
            })
    void aRefusalThatIsNoOAuthErrorIsToldByItsStatus(String body) {
        tokens.enqueue(json(502, body));

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOfSatisfying(AccessTokenException.class, refused -> {
                        assertThat(refused.httpStatus()).isEqualTo(502);
                        assertThat(refused.errorCode()).isNull();
                    });
                    assertThat(error).hasMessageEndingWith("for an access token was answered with status 502.");
                })
                .verify();
    }

    @Test
    void redirectsOfTheTokenEndpointAreNotFollowed() {
        tokens.enqueue(new MockResponse.Builder()
                .code(307)
                .setHeader("Location", root() + "/elsewhere")
                .build());

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(AccessTokenException.class)
                        .hasMessageContaining("Redirects are not followed"))
                .verify();
        assertThat(service.getRequestCount()).isZero();
    }

    @Test
    void aTokenEndpointThatCannotBeReachedMeansThatTheServiceReceivedNothing() throws Exception {
        var gone = new RawServer(peer -> {});
        gone.close();
        var unreachable = environment(service()).withTokenEndpoint(gone.url());
        try (var client = client(configuration -> configuration.environment(unreachable))) {
            isUnreachable(client);
        }
        tokens.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        isUnreachable(client);
        assertThat(service.getRequestCount()).isZero();
    }

    @Test
    void aTokenEndpointThatStaysSilentIsNotWaitedForForEver() {
        tokens.enqueue(
                new MockResponse.Builder().headersDelay(1, TimeUnit.MINUTES).build());
        try (var impatient =
                client(configuration -> configuration.calls(calls -> calls.responseTimeout(Duration.ofMillis(300))))) {
            isUnreachable(impatient);
        }
    }

    private static void isUnreachable(SignatureClient client) {
        StepVerifier.create(client.portal().create(portalJob(Flux.empty())))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ServiceUnreachableException.class,
                                unreachable -> assertThat(unreachable.mayHaveBeenReceived())
                                        .isFalse())
                        .hasMessageContaining("for an access token: "))
                .verify();
    }

    @Test
    void whoeverLosesInterestWhileATokenIsFetchedClosesThatConnection() throws Exception {
        var asked = new CountDownLatch(1);
        try (var silent = new RawServer(peer -> {
                    if (peer.readUntil("grant_type=")) {
                        asked.countDown();
                        peer.readAll();
                    }
                });
                var waiting = client(configuration ->
                        configuration.environment(environment(service()).withTokenEndpoint(silent.url())))) {
            Disposable call = waiting.whoAmI().subscribe();
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

            call.dispose();

            silent.peer(0).awaitEnd();
        }
    }

    @Test
    void aTokenIsFetchedOnceForAllFlowsAndKept() {
        tokens.enqueue(token(3600));
        for (int i = 0; i < 20; i++) {
            service.enqueue(text(204, ""));
        }

        StepVerifier.create(Flux.range(0, 20)
                        .flatMap(
                                i -> i % 2 == 0
                                        ? client.portal().getStatusChange().ofType(Object.class)
                                        : client.direct().getStatusChange().ofType(Object.class),
                                20))
                .expectNextCount(20)
                .verifyComplete();

        assertThat(tokens.getRequestCount()).isEqualTo(1);
    }

    @Test
    void ofTokensThatDoNotLastItIsWarnedOnce() {
        try (var log = new Log("io.github.signaturereactive.http", Level.WARN)) {
            for (int i = 0; i < 3; i++) {
                tokens.enqueue(token(30));
                service.enqueue(text(200, "You"));
                StepVerifier.create(client.whoAmI()).expectNext("You").verifyComplete();
            }

            assertThat(tokens.getRequestCount()).isEqualTo(3);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("valid for only 30 s")
                    .doesNotContain(TOKEN);
        }
    }

    @Test
    void dumpOfRefusedAttemptIsReplacedByThatOfTheAcceptedOne(@TempDir Path directory) throws Exception {
        var attempts = new AtomicInteger();
        var job = PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder(
                                        "Document",
                                        Flux.defer(() -> Flux.just(
                                                ByteBuffer.wrap(new byte[] {(byte) attempts.incrementAndGet()}))))
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("ola@example.com")
                                .build()))
                .build();
        tokens.enqueue(token(3600));
        tokens.enqueue(token(3600));
        service.enqueue(text(401, ""));
        service.enqueue(xml(Examples.PORTAL_SIGNATURE_JOB_RESPONSE.bytes()));
        try (var dumping = client(configuration -> configuration.enableDocumentBundleDiskDump(directory))) {
            StepVerifier.create(dumping.portal().create(job)).expectNextCount(1).verifyComplete();
        }

        assertThat(attempts).hasValue(2);
        try (Stream<Path> files = Files.list(directory)) {
            byte[] dumped = Files.readAllBytes(files.toList().get(0));
            service.takeRequest();
            String accepted = service.takeRequest().getBody().string(ISO_8859_1);
            assertThat(accepted).contains(new String(dumped, ISO_8859_1));
        }
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void noLogTellsATokenOrAForm() {
        try (var log = new Log(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.TRACE);
                var listened = client(ClientConfiguration.Builder::wiretap)) {
            tokens.enqueue(token(3600));
            tokens.enqueue(token(3600));
            service.enqueue(text(401, ""));
            service.enqueue(text(401, ""));
            StepVerifier.create(listened.whoAmI()).verifyError(UnexpectedResponseException.class);
            service.enqueue(text(401, ""));
            tokens.enqueue(json(200, "{\"access_token\":\"" + TOKEN + "\"}"));
            StepVerifier.create(listened.whoAmI()).verifyError(AccessTokenException.class);

            assertThat(log.lines())
                    .filteredOn(line -> line.contains("> POST /oauth2/token"))
                    .hasSize(3);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("> GET /api/123456789"))
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line).containsIgnoringCase("authorization: ***"));
            assertThat(String.join("\n", log.lines()))
                    .doesNotContain(TOKEN, "s3cr3t", "client_credentials", "broker-17");
        }
    }

    @Test
    void theProxyIsForTheTokenEndpointTooUnlessItsHostIsAnException() throws Exception {
        for (boolean excepted : new boolean[] {false, true}) {
            tokens.enqueue(token(3600));
            service.enqueue(text(200, "You"));
            try (var proxy = TestProxy.http(null)) {
                var settings = ProxySettings.http("127.0.0.1", proxy.port());
                var endpoint = URI.create("http://localhost:" + tokens.getPort() + "/oauth2/token");
                try (var proxied = client(configuration -> configuration
                        .environment(environment(service()).withTokenEndpoint(endpoint))
                        .proxy((excepted ? settings.noProxyHosts("localhost") : settings).build()))) {
                    StepVerifier.create(proxied.whoAmI()).expectNext("You").verifyComplete();
                }
                assertThat(proxy.asked()).hasSize(excepted ? 1 : 2);
                assertThat(proxy.asked().get(proxy.asked().size() - 1))
                        .startsWith("CONNECT 127.0.0.1:" + service.getPort());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\r\nb", "a\u00A0b", "\u0000"})
    void whatCannotHaveBeenIssuedIsRefused(String value) {
        var configuration = TestOrganization.configuration(service());

        assertThatThrownBy(() -> configuration.accessTokens(value, "broker"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clientId");
        assertThatThrownBy(() -> configuration.accessTokens("client", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("brokerId");
    }

    @Test
    void theOrganizationNumberIsNoBrokerId() {
        assertThatThrownBy(() -> TestOrganization.configuration(service()).accessTokens("client", "123456789"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is the organization number");
    }

    @Test
    void anEnvironmentWithoutATokenEndpointHasNoAccessTokens() {
        var configuration = ClientConfiguration.builder(TestOrganization.CERTIFICATE)
                .environment(ServiceEnvironment.DIFIQA)
                .accessTokens("client", "broker");

        assertThatThrownBy(configuration::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("difiqa")
                .hasMessageContaining("withTokenEndpoint");
        assertThat(configuration
                        .environment(ServiceEnvironment.DIFIQA.withTokenEndpoint(URI.create("https://tokens.example/")))
                        .build())
                .isNotNull();
        assertThat(configuration.environment(ServiceEnvironment.PRODUCTION).build())
                .isNotNull();
        assertThat(configuration.environment(ServiceEnvironment.DIFITEST).build())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://tokens.example/",
                "ftp://127.0.0.1/",
                "https:/path",
                "https://tokens.example/?a=b",
                "https://tokens.example/#a",
                "https://a:b@tokens.example/"
            })
    void aTokenEndpointIsAnHttpsUrlAndNothingMore(String url) {
        assertThatThrownBy(() -> ServiceEnvironment.DIFITEST.withTokenEndpoint(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tokenEndpoint");
    }

    /** Everything that is logged, while it is open. */
    private static final class Log implements AutoCloseable {

        private final Logger logger;
        private final Level before;
        private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

        Log(String name, Level level) {
            logger = (Logger) LoggerFactory.getLogger(name);
            before = logger.getLevel();
            appender.start();
            logger.setLevel(level);
            logger.addAppender(appender);
        }

        List<String> lines() {
            return List.copyOf(appender.list).stream()
                    .map(event -> event.getFormattedMessage()
                            + (event.getThrowableProxy() == null
                                    ? ""
                                    : event.getThrowableProxy().getMessage()))
                    .toList();
        }

        @Override
        public void close() {
            logger.detachAppender(appender);
            logger.setLevel(before);
        }
    }

    /** Goes a second ahead each time that somebody looks. */
    private static final class TickingClock extends Clock {

        private final Instant start = Instant.parse("2026-03-02T10:00:00Z");
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public Instant instant() {
            return start.plusSeconds(looks.incrementAndGet());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static Map<String, byte[]> bundle(RecordedRequest request) throws IOException {
        String boundary = request.getHeaders().get("Content-Type").replaceFirst(".*boundary=", "");
        String body = request.getBody().string(ISO_8859_1);
        String end = "\r\n--" + boundary + "--\r\n";
        assertThat(body).endsWith(end);
        int start = body.indexOf("application/octet-stream\r\n\r\n") + "application/octet-stream\r\n\r\n".length();
        byte[] zip = body.substring(start, body.length() - end.length()).getBytes(ISO_8859_1);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    private static Instant signingTime(Map<String, byte[]> bundle) {
        String signatures = new String(bundle.get("META-INF/signatures.xml"), UTF_8);
        return Instant.parse(signatures.replaceFirst("(?s).*<[\\w:]*SigningTime>([^<]*)<.*", "$1"));
    }

    private static byte[] noise() {
        byte[] bytes = new byte[8192];
        new Random(17).nextBytes(bytes);
        return bytes;
    }

    private static String printed(Throwable error) {
        var text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private URI service() {
        return URI.create("http://127.0.0.1:" + service.getPort() + "/api");
    }

    private String root() {
        return service().toString();
    }

    private ServiceEnvironment environment(URI serviceUrl) {
        return ServiceEnvironment.DIFITEST
                .withServiceUrl(serviceUrl)
                .withTokenEndpoint(URI.create("http://127.0.0.1:" + tokens.getPort() + "/oauth2/token"));
    }

    private SignatureClient client(UnaryOperator<ClientConfiguration.Builder> change) {
        return SignatureClient.create(change.apply(TestOrganization.configuration(service())
                        .environment(environment(service()))
                        .unlimitedCalls()
                        .includeInUserAgent("leases/2.1")
                        .accessTokens("client:\u00E6/1+2", "broker-17"))
                .build());
    }

    private static MockResponse token(int expiresIn) {
        return json(200, "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":" + expiresIn + "}");
    }

    private static MockResponse json(int status, String body) {
        return response(status, "application/json", body);
    }

    private static MockResponse text(int status, String body) {
        return response(status, "text/plain", body);
    }

    private static MockResponse xml(byte[] body) {
        return response(200, "application/xml", new String(body, UTF_8));
    }

    private static MockResponse response(int status, String contentType, String body) {
        var response = new MockResponse.Builder().code(status).setHeader("Content-Type", contentType);
        return status == 204 ? response.build() : response.body(body).build();
    }

    private static PortalJob portalJob(Flux<ByteBuffer> document) {
        return PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", document).build()),
                        List.of(PortalSigner.identifiedByEmail("signer@example.com")
                                .build()))
                .build();
    }
}
