package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

/** A certificate whose private key is in a PKCS #11 token and never leaves it. Needs SoftHSM (package {@code softhsm2}). */
class SoftHsmTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PIN = "1234";
    private static final Path CONFIGURATION = Path.of(String.valueOf(System.getenv("SOFTHSM2_CONF")));

    @Test
    void keyInTokenAuthenticatesAndSigns(@TempDir Path directory) throws Exception {
        Path library = Stream.of(
                        "/usr/lib/softhsm/libsofthsm2.so",
                        "/usr/lib64/pkcs11/libsofthsm2.so",
                        "/opt/homebrew/lib/softhsm/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(library != null, "SoftHSM is not installed");
        try (var service = SigningService.start()) {
            KeyStore token = token(directory, library, service.clientCertificate());

            var certificate = OrganizationCertificate.fromKeyStore(token, "organization", PIN);
            assertThat(certificate.privateKey().getEncoded()).isNull();
            assertThat(Security.getProvider(token.getProvider().getName())).isNull();
            var configuration = ClientConfiguration.builder(certificate)
                    .environment(ServiceEnvironment.DIFITEST
                            .withServiceUrl(service.url())
                            .withTrusted(service.certificateAuthority()));
            var job = PortalJob.builder(
                            "Title",
                            List.of(PortalDocument.builder("Document", TestPdf.ofPages(1))
                                    .build()),
                            List.of(PortalSigner.identifiedByEmail("ola@example.com")
                                    .build()))
                    .withSender(TestOrganization.SENDER)
                    .build();
            try (var client = SignatureClient.create(configuration.build())) {
                StepVerifier.create(client.whoAmI())
                        .assertNext(answer -> assertThat(answer).contains(SigningService.DEFAULT_ORGANIZATION))
                        .expectComplete()
                        .verify(PATIENCE);
                StepVerifier.create(client.portal().create(job))
                        .expectNextCount(1)
                        .expectComplete()
                        .verify(PATIENCE);
            }
        }
    }

    /** A new token with the key and certificate of the organization, marked as not extractable. */
    private static KeyStore token(Path directory, Path library, ClientCertificate certificate) throws Exception {
        Path tokens = Files.createDirectory(directory.resolve("tokens"));
        Files.createDirectories(CONFIGURATION.getParent());
        Files.writeString(CONFIGURATION, "directories.tokendir = " + tokens + "\nobjectstore.backend = file\n");
        run(directory, "softhsm2-util", "--init-token", "--free", "--label", "test", "--pin", PIN, "--so-pin", PIN);
        Path provider = Files.writeString(directory.resolve("pkcs11.cfg"), """
                name = SoftHSM
                library = %s
                slotListIndex = 0
                attributes(*, CKO_PRIVATE_KEY, *) = {
                  CKA_TOKEN = true
                  CKA_SENSITIVE = true
                  CKA_EXTRACTABLE = false
                  CKA_SIGN = true
                }
                """.formatted(library));
        Provider pkcs11 = Security.getProvider("SunPKCS11").configure(provider.toString());
        KeyStore token = KeyStore.getInstance("PKCS11", pkcs11);
        token.load(null, PIN.toCharArray());
        token.setKeyEntry(
                "organization",
                certificate.privateKey(),
                null,
                certificate.chain().toArray(Certificate[]::new));
        return token;
    }

    private static void run(Path directory, String... command) throws Exception {
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }
}
