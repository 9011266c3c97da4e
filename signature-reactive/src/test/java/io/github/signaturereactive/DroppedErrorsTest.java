package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.testing.Soak;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Cancels calls and pollers, and closes clients, at random moments. Reactor must not log any error as dropped. */
@Soak
@Timeout(300)
class DroppedErrorsTest {

    private static final int CANCELLATIONS = Soak.FULL ? 2_000 : 200;
    private static final int CLIENTS = Soak.FULL ? 100 : 10;

    private final Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();
    private final AtomicLong jobs = new AtomicLong();
    private final Random random = new Random(4711);
    private DisposableServer server;

    @BeforeEach
    void start() {
        Hooks.onErrorDropped(dropped::add);
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    response.header(HttpHeaderNames.CONTENT_TYPE, "application/xml");
                    if (request.method().name().equals("POST")) {
                        String xml = request.uri().endsWith("complete") ? "" : created();
                        return request.receive()
                                .then(response.sendString(Mono.just(xml)).then());
                    }
                    if (request.uri().contains("/pades")) {
                        return response.header(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream")
                                .sendString(Flux.range(0, 50).map(i -> "%PDF".repeat(1_000)));
                    }
                    String now = Instant.now().toString();
                    return response.header("X-Next-permitted-poll-time", now).sendString(Mono.just(change()));
                })
                .bindNow();
    }

    @AfterEach
    void stop() {
        server.disposeNow(Duration.ofSeconds(10));
        Hooks.resetOnErrorDropped();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + "/api" + path);
    }

    private String created() {
        return "<portal-signature-job-response xmlns='http://signering.posten.no/schema/v1'><signature-job-id>"
                + jobs.incrementAndGet() + "</signature-job-id></portal-signature-job-response>";
    }

    private String change() {
        long job = jobs.incrementAndGet();
        return "<portal-signature-job-status-change-response xmlns='http://signering.posten.no/schema/v1'>"
                + "<signature-job-id>" + job + "</signature-job-id><status>IN_PROGRESS</status><confirmation-url>"
                + url("/123456789/portal/signature-jobs/" + job + "/complete")
                + "</confirmation-url><signatures></signatures></portal-signature-job-status-change-response>";
    }

    private SignatureClient client() {
        return SignatureClient.create(
                TestOrganization.configuration(url("")).unlimitedCalls().build());
    }

    private List<Flux<?>> calls(SignatureClient client) {
        var job = PortalJob.builder(
                        "A job",
                        List.of(PortalDocument.builder("Document", "%PDF-1.7".getBytes(US_ASCII))
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("a@example.com").build()))
                .build();
        var document = client.portal().getPAdES(PAdESReference.of(url("/pades")));
        var changes = client.portal().statusChanges();
        return List.of(
                client.portal().getStatusChange().flux(),
                client.portal().create(job).flux(),
                document.content(),
                document.toByteArray(1_000_000).flux(),
                changes.confirmAfter(change -> Mono.delay(Duration.ofNanos(1))).take(20),
                changes.listener(event -> {})
                        .confirmAfter(change -> Mono.error(new IllegalStateException("failed")))
                        .take(20),
                changes.receive()
                        .concatMap(change -> change.confirm().thenReturn(change), 0)
                        .take(20));
    }

    /** Ignores all signals. Reactor's own subscribers also log errors that come before their cancellation has arrived upstream. */
    private static final class Ignoring implements CoreSubscriber<Object>, Disposable {

        private final Disposable.Swap subscription = Disposables.swap();

        @Override
        public void onSubscribe(Subscription upstream) {
            subscription.update(upstream::cancel);
            upstream.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object value) {}

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onComplete() {}

        @Override
        public void dispose() {
            subscription.dispose();
        }
    }

    private static Disposable subscribe(Flux<?> call, Semaphore ended) {
        var subscriber = new Ignoring();
        call.doFinally(signal -> ended.release()).subscribe(subscriber);
        return subscriber;
    }

    private void pauseForRandomTime(long maxMicros) {
        long until = System.nanoTime() + (random.nextInt(4) == 0 ? 0 : random.nextLong(maxMicros * 1_000));
        while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void cancellationsDropNoErrors() {
        SignatureClient client = client();
        List<Flux<?>> calls = calls(client);
        var ended = new Semaphore(0);
        for (int i = 0; i < CANCELLATIONS; i++) {
            Disposable call = subscribe(calls.get(i % calls.size()), ended);
            pauseForRandomTime(3_000);
            call.dispose();
        }
        ended.acquireUninterruptibly(CANCELLATIONS);
        client.disposeLater().block(Duration.ofSeconds(60));

        assertThat(dropped).isEmpty();
    }

    @Test
    void closingTheClientDropsNoErrors() {
        var ended = new Semaphore(0);
        int started = 0;
        for (int i = 0; i < CLIENTS; i++) {
            SignatureClient client = client();
            var cancelled = Disposables.composite();
            for (Flux<?> call : calls(client)) {
                var unused = subscribe(call, ended);
                cancelled.add(subscribe(call, ended));
                started += 2;
            }
            pauseForRandomTime(30_000);
            Mono.when(
                            client.disposeLater(),
                            Mono.fromRunnable(cancelled::dispose).subscribeOn(Schedulers.parallel()))
                    .block(Duration.ofSeconds(60));
        }
        ended.acquireUninterruptibly(started);

        assertThat(dropped).isEmpty();
    }
}
