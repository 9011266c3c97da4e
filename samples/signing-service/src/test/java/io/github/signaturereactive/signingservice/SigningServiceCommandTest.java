package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.github.signaturereactive.testing.ReadmeCommand;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts the signing service with the command in its README.md. */
class SigningServiceCommandTest {

    private static final Pattern API = Pattern.compile("^API +https://localhost:\\d+/api$");
    private static final Pattern CERTIFICATE = Pattern.compile("^Client certificate +(\\S+\\.p12), password (\\S+),");
    private static final Pattern TRUST = Pattern.compile("^Trusted certificate +(\\S+\\.pem)$");
    private static final Pattern PAGES = Pattern.compile("^Signing pages +http://localhost:\\d+/");
    private static final Pattern CONTROL = Pattern.compile("^Control API +(http://localhost:\\d+/jobs)");

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void printsHowToUseItAndRunsUntilStopped() throws Exception {
        try (var command = ReadmeCommand.start("samples/signing-service")) {
            assertThat(command.awaitLine(API)).isNotNull();
            Matcher certificate = command.awaitLine(CERTIFICATE);
            Path file = Path.of(certificate.group(1));
            Path authority = Path.of(command.awaitLine(TRUST).group(1));
            assertThat(command.awaitLine(PAGES)).isNotNull();
            URI control = URI.create(command.awaitLine(CONTROL).group(1));

            assertThat(certificate.group(2)).isEqualTo(ClientCertificate.PASSWORD);
            assertThat(Files.exists(file)).isTrue();
            assertThat(Files.exists(authority)).isTrue();
            HttpResponse<String> jobs = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(control).build(), HttpResponse.BodyHandlers.ofString(UTF_8));
            assertThat(jobs.body()).isEqualTo("[]");

            command.terminate();
            assertThat(command.exitCode()).isNotZero();
            assertThat(Files.exists(file)).isFalse();
        }
    }
}
