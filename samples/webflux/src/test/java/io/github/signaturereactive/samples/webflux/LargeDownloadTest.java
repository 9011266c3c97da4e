package io.github.signaturereactive.samples.webflux;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.signaturereactive.signingservice.GeneratedDocument;
import io.github.signaturereactive.signingservice.SigningService;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A signed document that is larger by far than the memory of the process it goes through. */
class LargeDownloadTest {

    private static final long SIZE = 512L << 20;
    private static final int SLOW = 1 << 20;

    /** More than all the sockets on the way hold, and much less than the document. */
    private static final long ON_THE_WAY = 64L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "it asks /proc how much memory a process has had")
    @Timeout(300)
    void itStreamsToAFastBrowserAndToASlowOneThatGoesAway() throws Exception {
        try (var service = SigningService.builder()
                        .pollInterval(Duration.ofMillis(100))
                        .longTermStorage(true)
                        .pades(job -> counted(GeneratedDocument.ofSize(SIZE)))
                        .start();
                var application = ForkedApplication.start(
                        service,
                        List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m"),
                        "--spring.profiles.active=default")) {
            var client = new SampleClient(application.port());
            String page = signed(service, client);
            long before = application.peakMemory();

            try (Socket fast = ask(application.port(), page + "/signed.pdf")) {
                assertThat(sha256(fast.getInputStream())).isEqualTo(GeneratedDocument.sha256OfSize(SIZE));
            }
            await().atMost(PATIENCE).until(() -> ended.get() == 1);
            sent.set(0);

            Socket slow = ask(application.port(), page + "/signed.pdf");
            skipHead(slow.getInputStream());
            long read = Flux.interval(Duration.ofSeconds(1))
                    .take(5)
                    .publishOn(Schedulers.boundedElastic())
                    .concatMap(second -> read(slow), 1)
                    .reduce(0L, Long::sum)
                    .block(PATIENCE);
            assertThat(read).isEqualTo(5L * SLOW);
            assertThat(sent.get()).isBetween(read, read + ON_THE_WAY);
            assertThat(ended).hasValue(1);

            long gone = System.nanoTime();
            slow.close();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> ended.get() == 2);
            System.out.println("LargeDownloadTest: the service's connection ended "
                    + Duration.ofNanos(System.nanoTime() - gone).toMillis() + " ms after the browser's");
            assertThat(sent.get()).isLessThan(read + ON_THE_WAY);
            assertThat(client.page(page)).contains("Everybody has signed");
            long after = application.peakMemory();
            System.out.println("LargeDownloadTest: the application's memory was " + before + " MiB at most before, and "
                    + after + " MiB after");
            assertThat(after - before).as("MiB more than before").isLessThan(64);
            application.kill();
            assertThat(application.output()).doesNotContain("LEAK", "OutOfMemory");
        }
    }

    private GeneratedDocument counted(GeneratedDocument document) {
        return new GeneratedDocument(
                document.length(),
                Flux.from(document.content())
                        .doOnNext(bytes -> sent.addAndGet(bytes.remaining()))
                        .doFinally(end -> ended.incrementAndGet()));
    }

    private static String signed(SigningService service, SampleClient client) {
        URI page = client.created(Form.portal("a@example.com").withPdf());
        long job = service.jobs().latest().id();
        service.jobs().sign(job, 0);
        await().atMost(PATIENCE).until(() -> service.jobs().get(job).confirmed());
        return page.getPath();
    }

    private static Socket ask(int port, String path) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(ISO_8859_1));
        return socket;
    }

    private static void skipHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head).startsWith("HTTP/1.1 200").containsIgnoringCase("content-length: " + SIZE);
    }

    private static Mono<Long> read(Socket socket) {
        return Mono.fromCallable(() -> (long) socket.getInputStream().readNBytes(SLOW).length);
    }

    private static String sha256(InputStream in) throws Exception {
        skipHead(in);
        var digest = MessageDigest.getInstance("SHA-256");
        try (var digested = new DigestInputStream(in, digest)) {
            byte[] buffer = new byte[1 << 16];
            for (int length = digested.read(buffer); length >= 0; length = digested.read(buffer)) {
                assertThat(length).isPositive();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
