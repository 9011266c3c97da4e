package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.client.HttpClient;

class SigningServiceApplicationTest {

    @TempDir
    Path directory;

    @Test
    void aloneItPrintsOneLineThatIsEnoughToUseIt() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SigningServiceApplication.class.getName(),
                        "--directory=" + directory)
                .redirectError(Path.of("target", "SigningServiceApplicationTest-stderr.txt")
                        .toFile())
                .start();
        try (BufferedReader out = process.inputReader(UTF_8)) {
            String[] line = out.readLine().split(" ");

            assertThat(line).hasSize(4).startsWith("LISTENING").endsWith(directory.toString());
            assertThat(line[1]).matches("https://localhost:\\d+/api");
            assertThat(HttpClient.create()
                            .get()
                            .uri(line[2] + "/jobs")
                            .responseContent()
                            .aggregate()
                            .asString()
                            .block())
                    .isEqualTo("[]");
            assertThat(certificate()).isNotNull();
            certificate().verify(authority().getPublicKey());
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor()).isNotZero();
    }

    @Test
    void argumentsItDoesNotKnowAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningServiceApplication.parse("--colour=red"))
                .withMessageContaining("--colour")
                .withMessageContaining("poll-interval");
    }

    @Test
    void argumentsSayHowItBehaves() throws IOException {
        try (SigningService service = SigningServiceApplication.configure(
                        SigningServiceApplication.parse("--poll-interval=PT5M", "--document-limit=3"))
                .start()) {
            RawClient client = RawClient.of(service);

            assertThat(client.get("/123456789/portal/signature-jobs").status()).isEqualTo(204);
            assertThat(client.create(TestBundle.by(service.clientCertificate(), Instant.now())
                                    .zip())
                            .errorMessage())
                    .contains("the limit is 3 bytes");
        }
    }

    @Test
    void longTermStorageIsTrueOrFalse() {
        assertThat(SigningServiceApplication.configure(SigningServiceApplication.parse("--long-term-storage=true"))
                        .settings()
                        .longTermStorage())
                .isTrue();
        assertThat(SigningServiceApplication.configure(SigningServiceApplication.parse())
                        .settings()
                        .longTermStorage())
                .isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SigningServiceApplication.configure(SigningServiceApplication.parse("--long-term-storage=yes")))
                .withMessageContaining("true or false");
    }

    private X509Certificate certificate() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("client.p12"))) {
            store.load(in, ClientCertificate.PASSWORD.toCharArray());
        }
        return (X509Certificate) store.getCertificate(ClientCertificate.ALIAS);
    }

    private X509Certificate authority() throws Exception {
        try (InputStream in = Files.newInputStream(directory.resolve("ca.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
