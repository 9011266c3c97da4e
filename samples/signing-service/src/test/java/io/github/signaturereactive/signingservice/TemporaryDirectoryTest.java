package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The temporary directory contains keys, so it must be deleted even if a JVM ends without {@code close()}. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TemporaryDirectoryTest {

    @Test
    void isDeletedWhenTheJvmExits() throws Exception {
        Process process = start("exit");
        try (BufferedReader out = process.inputReader(UTF_8)) {
            Path directory = Path.of(out.readLine());

            assertThat(process.waitFor()).isZero();
            assertThat(directory).isAbsolute();
            assertThat(Files.exists(directory)).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void isDeletedWhenTheJvmIsTerminated() throws Exception {
        Process process = start("wait");
        try (BufferedReader out = process.inputReader(UTF_8)) {
            Path directory = Path.of(out.readLine());
            assertThat(Files.exists(directory.resolve("client.p12"))).isTrue();

            process.destroy();

            assertThat(process.waitFor()).isNotZero();
            assertThat(Files.exists(directory)).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(String then) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NeverClosed.class.getName(),
                        then)
                .redirectError(
                        Path.of("target", "TemporaryDirectoryTest-stderr.txt").toFile())
                .start();
    }

    /** Starts a service and never closes it. */
    static final class NeverClosed {

        private NeverClosed() {}

        public static void main(String[] arguments) throws InterruptedException {
            SigningService service = SigningService.start();
            System.out.println(service.clientCertificate().path().getParent());
            if (arguments[0].equals("wait")) {
                new CountDownLatch(1).await();
            }
        }
    }
}
