package io.github.signaturereactive.samples.webflux;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.protocol.GeneratedDocument;
import io.github.signaturereactive.testing.Soak;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests a signed document that is much larger than the memory of the process that saves and serves it. */
@Soak
class LargeDownloadTest {

    private static final long SIZE = (Soak.FULL ? 512L : 128L) << 20;
    private static final int SLOW = 1 << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "it reads memory and open files of a process from /proc")
    @Timeout(1200)
    void streamsToFileAndFromThereToFastAndSlowBrowsers(@TempDir Path directory) throws Exception {
        try (var service = SigningService.builder()
                        .pollInterval(Duration.ofMillis(100))
                        .pades(job -> GeneratedDocument.ofSize(SIZE))
                        .start();
                var application = ForkedApplication.start(
                        service,
                        List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m"),
                        "--spring.profiles.active=default",
                        "--sample.documents=" + directory)) {
            var client = new SampleClient(application.port());
            String page = client.created(Form.portal("a@example.com").withPdf()).getPath();
            long job = service.jobs().latest().id();
            long before = application.peakMemory();
            service.jobs().sign(job, 0);
            await().atMost(PATIENCE).until(() -> service.jobs().get(job).confirmed());

            try (Socket fast = ask(application.port(), page + "/signed.pdf")) {
                assertThat(sha256(fast.getInputStream())).isEqualTo(GeneratedDocument.sha256OfSize(SIZE));
            }
            try (Socket slow = ask(application.port(), page + "/signed.pdf")) {
                skipHead(slow.getInputStream());
                assertThat(slow.getInputStream().readNBytes(SLOW)).hasSize(SLOW);
                assertThat(application.hasOpen(directory)).isTrue();
            }

            await().atMost(PATIENCE).until(() -> !application.hasOpen(directory));
            assertThat(client.page(page)).contains("Everyone has signed");
            assertThat(application.peakMemory() - before)
                    .as("MiB more than before")
                    .isLessThan(96);
            application.kill();
            assertThat(application.output()).doesNotContain("LEAK", "OutOfMemory");
        }
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
