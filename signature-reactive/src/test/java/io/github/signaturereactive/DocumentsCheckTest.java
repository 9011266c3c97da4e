package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.PreconditionException.Reason;
import io.github.signaturereactive.portal.NotificationsUsingLookup;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.schemas.Examples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Documents that a job is not created with, because of their size or because they are no files. */
@Timeout(60)
class DocumentsCheckTest {

    private static final int TEN_MIB = 10_485_760;

    @TempDir
    private Path directory;

    private final MockWebServer server = new MockWebServer();
    private SignatureClient client;

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void start(UnaryOperator<ClientConfiguration.Builder> changed) throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
        URI url = URI.create("http://127.0.0.1:" + server.getPort() + "/api");
        client = SignatureClient.create(
                changed.apply(TestOrganization.configuration(url)).build());
    }

    private Mono<PortalJobResponse> create(PortalDocument.Builder... documents) {
        return client.portal()
                .create(PortalJob.builder(
                                "Job",
                                List.of(documents).stream()
                                        .map(PortalDocument.Builder::build)
                                        .toList(),
                                List.of(PortalSigner.identifiedByPersonalIdentificationNumber(
                                                "12345678910", NotificationsUsingLookup.EMAIL_ONLY)
                                        .build()))
                        .build());
    }

    private Path file(int bytes) throws IOException {
        return Files.write(directory.resolve("document.pdf"), new byte[bytes]);
    }

    @Test
    void bytesBeyondTheLimitAreRefusedBeforeAnythingIsSent() throws IOException {
        start(builder -> builder);

        StepVerifier.create(create(PortalDocument.builder("Doc", new byte[TEN_MIB + 1])))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .matches(Errors.precondition(Reason.JOB_TOO_LARGE))
                        .hasMessage(
                                "Document 1 of 1 has 10485761 bytes, but the documents of a job must have at most 10485760 bytes"
                                        + " in total. Send fewer or smaller documents, or raise maxJobSize if the service accepts"
                                        + " more."));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void sumOfFilesAndBytesIsRefusedBeforeAnythingIsSent() throws IOException {
        start(builder -> builder);
        Path file = file(TEN_MIB - 999);

        StepVerifier.create(
                        create(PortalDocument.builder("Bytes", new byte[1_000]), PortalDocument.builder("File", file)))
                .verifyErrorSatisfies(
                        error -> assertThat(error)
                                .matches(Errors.precondition(Reason.JOB_TOO_LARGE))
                                .hasMessageStartingWith(
                                        "Document 2 of 2, " + file
                                                + ", has 10484761 bytes, 10485761 in total with the documents before it, but the documents of a job"));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void documentsOfExactlyTheLimitAreSent() throws IOException {
        start(builder -> builder);
        server.enqueue(accepted());

        StepVerifier.create(create(
                        PortalDocument.builder("Bytes", new byte[1_000]),
                        PortalDocument.builder("File", file(TEN_MIB - 2_000)),
                        PortalDocument.builder("Publisher", Flux.just(ByteBuffer.allocate(1_000)))))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void limitIsConfigurable() throws IOException {
        start(builder -> builder.maxJobSize(TEN_MIB + 1));
        server.enqueue(accepted());

        StepVerifier.create(create(PortalDocument.builder("Doc", new byte[TEN_MIB + 1])))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void publisherIsCountedAndCancelledAtTheLimit() throws IOException {
        start(builder -> builder.maxJobSize(100_000));
        var emitted = new AtomicLong();
        var cancelled = new AtomicBoolean();
        Flux<ByteBuffer> endless = Flux.<ByteBuffer>generate(sink -> sink.next(ByteBuffer.allocate(10_000)))
                .doOnNext(bytes -> emitted.addAndGet(bytes.remaining()))
                .doOnCancel(() -> cancelled.set(true));

        StepVerifier.create(create(
                        PortalDocument.builder("Bytes", new byte[50_000]),
                        PortalDocument.builder("Publisher", endless)))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .matches(Errors.precondition(Reason.JOB_TOO_LARGE))
                        .hasMessageStartingWith("Document 2 of 2 makes the documents larger than 100000 bytes,"));
        assertThat(emitted.get()).isLessThan(150_000);
        assertThat(cancelled).isTrue();
    }

    @Test
    void missingFileIsNamedBeforeAnythingIsSent() throws IOException {
        start(builder -> builder);
        Path missing = directory.resolve("missing.pdf");

        StepVerifier.create(create(PortalDocument.builder("Doc", missing)))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageStartingWith("Document 1 of 1, " + missing + ", cannot be read: "));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void namedPipeIsRefusedBeforeAnythingIsSent() throws Exception {
        start(builder -> builder);
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        StepVerifier.create(create(PortalDocument.builder("Doc", pipe)))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessage("Document 1 of 1, " + pipe + ", cannot be read: it is not a regular file. Use a"
                                + " publisher for content that is not in a regular file"));
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void limitMustBePositive(long bytes) throws IOException {
        start(builder -> builder);

        assertThatThrownBy(() -> ClientConfiguration.builder(TestOrganization.CERTIFICATE)
                        .maxJobSize(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxJobSize must be at least 1 byte, but was " + bytes);
    }

    private static MockResponse accepted() {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "application/xml")
                .body(new String(Examples.PORTAL_SIGNATURE_JOB_RESPONSE.bytes(), StandardCharsets.UTF_8))
                .build();
    }
}
