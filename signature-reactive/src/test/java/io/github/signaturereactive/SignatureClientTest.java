package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.direct.SignerUrl;
import io.github.signaturereactive.direct.StatusReference;
import io.github.signaturereactive.job.ArchiveOwner;
import io.github.signaturereactive.job.ClientClosedException;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.PreconditionException.Reason;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.job.XAdESReference;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** How a client is created and closed, and its errors when the service cannot be reached. */
class SignatureClientTest {

    private RawServer server;
    private SignatureClient client;

    @AfterEach
    void stop() throws IOException {
        if (client != null) {
            StepVerifier.create(client.disposeLater()).verifyComplete();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void disposingLeavesNoConnectionAndNoThread() throws Exception {
        start(SignatureClientTest::answerOnce);
        StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();
        StepVerifier.create(pAdES().toByteArray(100)).expectNextCount(1).verifyComplete();
        assertThat(server.peers()).hasSize(2);
        assertThat(ownThreads()).isNotEmpty();

        StepVerifier.create(client.disposeLater()).verifyComplete();

        server.peer(0).awaitEnd();
        server.peer(1).awaitEnd();
        for (Thread thread : ownThreads().toList()) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void closingReturnsAtOnceAndLeavesNoConnection() throws Exception {
        start(SignatureClientTest::answerOnce);
        StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();

        client.close();
        client.close();

        server.peer(0).awaitEnd();
    }

    @Test
    void closingAClientThatWasNeverUsedIsFine() throws Exception {
        start(SignatureClientTest::answerOnce);

        StepVerifier.create(client.disposeLater()).verifyComplete();

        assertThat(server.peers()).isEmpty();
    }

    @Test
    void closingFailsWhatIsUnderWay() throws Exception {
        var asked = new CountDownLatch(2);
        start(peer -> {
            peer.readHeaders();
            asked.countDown();
            peer.readAll();
        });

        StepVerifier.create(Flux.mergeDelayError(
                        2,
                        client.whoAmI().onErrorMap(error -> new IllegalStateException("the call", error)),
                        pAdES().content().onErrorMap(error -> new IllegalStateException("the download", error))))
                .then(() -> await(asked))
                .then(client::close)
                .expectErrorSatisfies(error -> assertThat(error.getSuppressed())
                        .filteredOn(IllegalStateException.class::isInstance)
                        .hasSize(2)
                        .allSatisfy(failed -> assertThat(failed).hasCauseInstanceOf(ServiceUnreachableException.class)))
                .verify();

        server.peer(0).awaitEnd();
        server.peer(1).awaitEnd();
    }

    static Stream<WayToCall> everyWayToCall() {
        return Stream.of(
                SignatureClient::whoAmI,
                client -> client.portal().getStatusChange(),
                client -> client.portal().create(job()),
                client -> client.portal()
                        .confirm(ConfirmationReference.of(URI.create("http://127.0.0.1:1234/api/confirm"))),
                client -> client.direct()
                        .getStatus(StatusReference.of(URI.create("http://127.0.0.1:1234/api/status"))
                                .withStatusQueryToken("token")),
                client -> client.direct()
                        .requestNewRedirectUrl(SignerUrl.of(URI.create("http://127.0.0.1:1234/api/signers/1"))),
                client -> client.archive()
                        .getPAdES(ArchiveOwner.ofOrganizationNumber("123456789"), "17")
                        .content(),
                client -> client.portal()
                        .getPAdES(PAdESReference.of(URI.create("http://127.0.0.1:1234/api/pades")))
                        .content());
    }

    @ParameterizedTest
    @MethodSource("everyWayToCall")
    void whatIsAskedOfAClosedClientFailsAndSaysWhy(WayToCall way) {
        client = SignatureClient.create(TestOrganization.configuration(URI.create("http://127.0.0.1:1234/api"))
                .build());
        StepVerifier.create(client.disposeLater()).verifyComplete();

        StepVerifier.create(way.call(client))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ClientClosedException.class)
                        .hasMessageContaining("this client has been closed"))
                .verify();
    }

    @Test
    void aCallThatFindsNoFreeConnectionInTimeSaysSo() throws Exception {
        var asked = new CountDownLatch(1);
        start(
                peer -> {
                    peer.readHeaders();
                    asked.countDown();
                    peer.readAll();
                },
                configuration ->
                        configuration.calls(calls -> calls.maxConnections(1).acquireTimeout(Duration.ofMillis(50))));
        var waiting = client.whoAmI().subscribe(answer -> {}, error -> {});
        await(asked);

        StepVerifier.create(client.portal().create(job()))
                .expectErrorSatisfies(SignatureClientTest::noConnectionBecameFree)
                .verify();

        assertThat(server.peers()).hasSize(1);
        waiting.dispose();
    }

    @Test
    void aCallForWhichThereIsNoPlaceToWaitFailsAtOnce() throws Exception {
        var asked = new CountDownLatch(1);
        start(
                peer -> {
                    peer.readHeaders();
                    asked.countDown();
                    peer.readAll();
                },
                configuration -> configuration.calls(
                        calls -> calls.maxConnections(1).maxPending(1).acquireTimeout(Duration.ofMinutes(10))));
        var inUse = client.whoAmI().subscribe(answer -> {}, error -> {});
        await(asked);
        var waiting = client.whoAmI().subscribe(answer -> {}, error -> {});

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(SignatureClientTest::noConnectionBecameFree)
                .verify();

        inUse.dispose();
        waiting.dispose();
    }

    private static void noConnectionBecameFree(Throwable error) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        ServiceUnreachableException.class,
                        unreachable ->
                                assertThat(unreachable.mayHaveBeenReceived()).isFalse())
                .hasMessageContaining("no connection became free in time");
    }

    @Test
    void downloadsDoNotWaitForCalls() throws Exception {
        var asked = new CountDownLatch(1);
        start(
                peer -> {
                    if (server.peers().size() == 1) {
                        peer.readHeaders();
                        asked.countDown();
                        peer.readAll();
                    } else {
                        answerOnce(peer);
                    }
                },
                configuration -> configuration.calls(calls -> calls.maxConnections(1)));
        var waiting = client.whoAmI().subscribe(answer -> {}, error -> {});
        await(asked);

        StepVerifier.create(pAdES().toByteArray(100)).expectNextCount(1).verifyComplete();

        waiting.dispose();
    }

    @Test
    void whoAmIAsksForTheDefaultSender() throws Exception {
        start(SignatureClientTest::answerOnce, configuration -> configuration.defaultSender(new Sender("987654321")));

        StepVerifier.create(client.whoAmI()).expectNext("You are").verifyComplete();

        assertThat(server.peer(0).received()).startsWith("GET /api/987654321 HTTP/1.1\r\n");
    }

    @Test
    void whoAmIAsksForTheOrganizationOfTheCertificateIfThereIsNoDefaultSender() throws Exception {
        startWithoutSender(TestOrganization.CERTIFICATE);

        StepVerifier.create(client.whoAmI()).expectNext("You are").verifyComplete();

        assertThat(server.peer(0).received()).startsWith("GET /api/" + TestOrganization.NUMBER + " HTTP/1.1\r\n");
    }

    @Test
    void whoAmICannotAskForNobody() throws Exception {
        var anonymous = new CertificateBuilder()
                .rsa2048()
                .subject("CN=Nobody in particular,C=NO")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        startWithoutSender(
                OrganizationCertificate.fromPem(anonymous.getCertificatePathPEM(), anonymous.getPrivateKeyPEM(), null));

        StepVerifier.create(client.whoAmI()).verifyErrorMatches(Errors.precondition(Reason.NO_SENDER));

        assertThat(server.peers()).isEmpty();
    }

    @Test
    void aSilentServiceIsNotWaitedForForEver() throws Exception {
        start(
                RawServer.Peer::readAll,
                configuration -> configuration
                        .calls(calls -> calls.responseTimeout(Duration.ofMillis(50)))
                        .downloads(downloads -> downloads.responseTimeout(Duration.ofMillis(50))));

        for (Publisher<?> call :
                List.of(client.whoAmI(), pAdES().content(), client.portal().create(job()))) {
            StepVerifier.create(call)
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    ServiceUnreachableException.class,
                                    unreachable -> assertThat(unreachable.mayHaveBeenReceived())
                                            .isTrue())
                            .hasMessageContaining("sent no response headers in time"))
                    .verify();
        }

        for (RawServer.Peer peer : server.peers()) {
            peer.awaitEnd();
        }
    }

    @Test
    void aRefusedConnectionSaysWhatToLookAt() throws Exception {
        start(peer -> {});
        server.close();

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error ->
                        neverSent(error, "GET /api/123456789: the connection was refused. Check the service URL"))
                .verify();
    }

    @Test
    void anUnknownHostSaysWhatToLookAt() {
        client = SignatureClient.create(TestOrganization.configuration(URI.create("https://unknown.invalid/api"))
                .build());

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(
                        error -> neverSent(error, "GET /api/123456789: the host unknown.invalid is unknown."))
                .verify();
    }

    @Test
    void aServerThatDoesNotAnswerTheHandshakeIsNotWaitedForForEver() throws Exception {
        server = new RawServer(RawServer.Peer::readAll);
        client = overTls(Duration.ofMillis(100));

        StepVerifier.create(client.portal().create(job()))
                .expectErrorSatisfies(error -> neverSent(error, "the TLS handshake timed out"))
                .verify();

        server.peer(0).awaitEnd();
    }

    @Test
    void aServerThatDoesNotSpeakTlsIsToldFromABrokenConnection() throws Exception {
        server = new RawServer(peer -> {
            if (peer.readAtLeast(1)) {
                peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                peer.readAll();
            }
        });
        client = overTls(Duration.ofSeconds(30));

        StepVerifier.create(client.portal().create(job()))
                .expectErrorSatisfies(error -> neverSent(error, "the server does not use TLS"))
                .verify();
    }

    private static void neverSent(Throwable error, String message) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        ServiceUnreachableException.class,
                        unreachable ->
                                assertThat(unreachable.mayHaveBeenReceived()).isFalse())
                .hasMessageContaining(message);
    }

    /** A way to call the service. */
    interface WayToCall {
        Publisher<?> call(SignatureClient client);
    }

    private SignatureClient overTls(Duration connectTimeout) {
        return SignatureClient.create(TestOrganization.configuration(
                        URI.create("https://127.0.0.1:" + server.url().getPort() + "/api"))
                .calls(calls -> calls.connectTimeout(connectTimeout))
                .build());
    }

    private void start(RawServer.Conversation conversation) throws IOException {
        start(conversation, configuration -> configuration);
    }

    private void start(RawServer.Conversation conversation, UnaryOperator<ClientConfiguration.Builder> configuration)
            throws IOException {
        server = new RawServer(conversation);
        client = SignatureClient.create(configuration
                .apply(TestOrganization.configuration(server.url()))
                .build());
    }

    private void startWithoutSender(OrganizationCertificate certificate) throws IOException {
        server = new RawServer(SignatureClientTest::answerOnce);
        client = SignatureClient.create(ClientConfiguration.builder(certificate)
                .environment(ServiceEnvironment.DIFITEST.withServiceUrl(server.url()))
                .build());
    }

    private DocumentDownload pAdES() {
        return client.portal().getPAdES(PAdESReference.of(URI.create(server.url() + "/pades")));
    }

    private static void answerOnce(RawServer.Peer peer) throws IOException {
        peer.readHeaders();
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nYou are\n");
        peer.readAll();
    }

    private static Stream<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("signature-reactive"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static PortalJob job() {
        return PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", new byte[100])
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("signer@example.com")
                                .build()))
                .build();
    }

    @Test
    void aDownloadHasAFileNameForThoseToWhomItIsPassedOn() {
        client = SignatureClient.create(TestOrganization.configuration(URI.create("http://127.0.0.1:1234/api"))
                .build());
        var pades = client.portal().getPAdES(PAdESReference.of(URI.create("http://127.0.0.1:1234/pades")));
        var xades = client.direct().getXAdES(XAdESReference.of(URI.create("http://127.0.0.1:1234/xades")));

        assertThat(pades.fileName()).isEqualTo("pades.pdf");
        assertThat(xades.fileName()).isEqualTo("xades.xml");
        assertThat(pades.contentType()).isEqualTo("application/pdf");
        assertThat(xades.contentType()).isEqualTo("application/xml");
        assertThat(pades.named("a.txt").contentType()).isEqualTo("application/pdf");
        assertThat(pades.named("Kontrakt for Åse.pdf").fileName()).isEqualTo("Kontrakt for Åse.pdf");
    }

    @Test
    void unsafeFileNameOfDownloadIsMadeSafe() {
        client = SignatureClient.create(TestOrganization.configuration(URI.create("http://127.0.0.1:1234/api"))
                .build());
        var pades = client.portal().getPAdES(PAdESReference.of(URI.create("http://127.0.0.1:1234/pades")));
        var xades = client.portal().getXAdES(XAdESReference.of(URI.create("http://127.0.0.1:1234/xades")));

        assertThat(pades.named("Lease 2026/27.pdf").fileName()).isEqualTo("Lease 2026_27.pdf");
        assertThat(pades.named("Lease.pdf").named(" ").fileName()).isEqualTo("pades.pdf");
        assertThat(xades.named("/").fileName()).isEqualTo("xades.xml");
        assertThatThrownBy(() -> pades.named(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("fileName");
    }
}
