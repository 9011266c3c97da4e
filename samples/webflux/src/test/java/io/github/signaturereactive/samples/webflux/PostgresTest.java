package io.github.signaturereactive.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.signingservice.SigningService;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.test.StepVerifier;

/** Runs the application with its profile {@code postgres} on a real server. */
@SampleTest
@ActiveProfiles({"demo", "postgres"})
@EnabledIf(value = Postgres.CAN_RUN, disabledReason = Postgres.CANNOT_RUN)
class PostgresTest {

    @Autowired
    private SigningService service;

    @Value("${local.server.port}")
    private int port;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("DATABASE_URL", Postgres::url);
        properties.add("DATABASE_USER", () -> "postgres");
    }

    @Test
    void aPortalJobFromTheUploadToTheSignedPdf() {
        var client = new SampleClient(port);
        URI page = client.created(Form.portal("a@example.com", "b@example.com").withPdf());
        long job = service.jobs().latest().id();

        StepVerifier.create(client.events(page).filter(event -> "last".equals(event.event())))
                .then(() -> service.jobs().signAll(job))
                .assertNext(event -> assertThat(event.data()).contains("All 2 have signed"))
                .expectComplete()
                .verify(Duration.ofSeconds(30));

        assertThat(TestPdf.signatures(client.download(page.getPath()))).isEqualTo(2);
        assertThat(client.page("/")).contains("Leiekontrakt – «båt»", "Signed");
    }
}
