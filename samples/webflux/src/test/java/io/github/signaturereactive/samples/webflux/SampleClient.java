package io.github.signaturereactive.samples.webflux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;

/** Sends the form like a browser. Does not follow redirects. */
final class SampleClient {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final WebTestClient web;

    SampleClient(int port) {
        this.web = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(PATIENCE)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(10 << 20))
                .build();
    }

    WebTestClient web() {
        return web;
    }

    EntityExchangeResult<byte[]> send(Form form) {
        return web.post()
                .uri("/jobs")
                .header("Content-Type", Form.MEDIA_TYPE)
                .bodyValue(form.bytes())
                .exchange()
                .expectBody()
                .returnResult();
    }

    /** Sends a valid form and returns the location of the redirect. */
    URI created(Form form) {
        EntityExchangeResult<byte[]> answer = send(form);
        assertThat(answer.getStatus()).as(() -> text(answer)).isEqualTo(HttpStatus.SEE_OTHER);
        return Objects.requireNonNull(answer.getResponseHeaders().getLocation());
    }

    String page(String path) {
        return text(web.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult());
    }

    /** Downloads the signed document of the job with this page. */
    byte[] download(String page) {
        return web.get()
                .uri(page + "/signed.pdf")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PDF)
                .expectBody()
                .returnResult()
                .getResponseBodyContent();
    }

    /** Emits the server-sent events of a job as they arrive. */
    Flux<ServerSentEvent<String>> events(URI job) {
        return web.get()
                .uri(job.getPath() + "/events")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody();
    }

    static String text(EntityExchangeResult<byte[]> answer) {
        byte[] body = answer.getResponseBody();
        return body == null ? "" : new String(body, UTF_8);
    }
}
