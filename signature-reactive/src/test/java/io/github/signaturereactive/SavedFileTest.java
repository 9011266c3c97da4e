package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.ClientClosedException;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.ServiceUnreachableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The file of a saved document: its path, its permissions, and the file that it replaces. */
class SavedFileTest {

    private static final String DOCUMENT = "%PDF-1.7 signed";

    @TempDir
    private Path directory;

    private final CountDownLatch half = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private RawServer server;
    private SignatureClient client;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(peer -> {
            while (peer.readUntil("\r\n\r\n")) {
                boolean truncated = peer.received().contains("/truncated");
                peer.forgetReceived();
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + DOCUMENT.length() + "\r\n\r\n");
                if (truncated) {
                    peer.write(DOCUMENT.substring(0, 5));
                    half.countDown();
                    await(goOn);
                    return;
                }
                peer.write(DOCUMENT);
            }
        });
        client = SignatureClient.create(
                TestOrganization.configuration(server.url()).build());
    }

    @AfterEach
    void stop() throws IOException {
        goOn.countDown();
        client.close();
        server.close();
    }

    private DocumentDownload download(String path) {
        return client.portal().getPAdES(PAdESReference.of(URI.create(server.url() + path)));
    }

    private Mono<Path> save(Path file) {
        return download("/pades").saveTo(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {213, 214, 255})
    void namesAsLongAsTheFileSystemAllows(int length) {
        Path file = directory.resolve("x".repeat(length - 4) + ".pdf");

        StepVerifier.create(save(file)).expectNext(file).verifyComplete();

        assertThat(file).hasContent(DOCUMENT);
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void nameThatIsTooLongIsRefusedBeforeDownloading() {
        Path file = directory.resolve("x".repeat(256));

        StepVerifier.create(save(file))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("Cannot save to " + file)
                        .hasMessageContaining("too long"))
                .verify();

        assertThat(server.peers()).isEmpty();
    }

    @Test
    void directoryIsRefusedBeforeDownloading() throws IOException {
        Path file = Files.createDirectory(directory.resolve("signed.pdf"));

        StepVerifier.create(save(file))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("It is a directory"))
                .verify();

        assertThat(server.peers()).isEmpty();
        assertThat(file).isEmptyDirectory();
    }

    @Test
    void onlyTheOwnerCanReadASavedDocument() throws IOException {
        Path file = directory.resolve("signed.pdf");
        assumePosix();
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));

        StepVerifier.create(save(file)).expectNext(file).verifyComplete();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void attributesAreThoseOfTheFile() throws IOException {
        Path file = directory.resolve("signed.pdf");
        assumePosix();

        StepVerifier.create(download("/pades")
                        .saveTo(
                                file,
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))))
                .expectNext(file)
                .verifyComplete();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwx------");
    }

    private void assumePosix() throws IOException {
        Assumptions.assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"), "needs permissions");
    }

    @Test
    void symbolicLinkStaysAndItsTargetIsReplaced() throws IOException {
        Path target = Files.writeString(
                Files.createDirectory(directory.resolve("elsewhere")).resolve("target.pdf"), "before");
        Path link = Files.createSymbolicLink(directory.resolve("signed.pdf"), Path.of("elsewhere/target.pdf"));

        StepVerifier.create(save(link)).expectNext(link).verifyComplete();

        assertThat(link).isSymbolicLink();
        assertThat(target).isRegularFile().hasContent(DOCUMENT);
    }

    @Test
    void symbolicLinkToNothingIsFollowed() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("signed.pdf"), Path.of("target.pdf"));

        StepVerifier.create(save(link)).expectNext(link).verifyComplete();

        assertThat(link).isSymbolicLink();
        assertThat(directory.resolve("target.pdf")).isRegularFile().hasContent(DOCUMENT);
    }

    @Test
    void errorOfTheCleanupDoesNotReplaceTheFirstError() throws Exception {
        CompletableFuture<Path> saving =
                download("/truncated").saveTo(directory.resolve("signed.pdf")).toFuture();
        await(half);
        Path temporary = temporaryFile();
        Files.delete(temporary);
        Files.writeString(Files.createDirectory(temporary).resolve("in-the-way"), "");
        goOn.countDown();

        StepVerifier.create(Mono.fromFuture(saving)).verifyError(ServiceUnreachableException.class);
    }

    @Test
    void closingTheClientLeavesNoFile() throws Exception {
        CompletableFuture<Path> saving =
                download("/truncated").saveTo(directory.resolve("signed.pdf")).toFuture();
        await(half);
        assertThat(temporaryFile()).exists();

        StepVerifier.create(client.disposeLater()).verifyComplete();

        StepVerifier.create(Mono.fromFuture(saving)).verifyError(ServiceUnreachableException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void savingWithAClosedClientSaysSo() {
        StepVerifier.create(client.disposeLater()).verifyComplete();

        StepVerifier.create(save(directory.resolve("signed.pdf"))).verifyError(ClientClosedException.class);

        assertThat(directory).isEmptyDirectory();
    }

    /** The file exists before the request is sent. */
    private Path temporaryFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            assertThat(all.get(0).toString()).endsWith(".part");
            return all.get(0);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
