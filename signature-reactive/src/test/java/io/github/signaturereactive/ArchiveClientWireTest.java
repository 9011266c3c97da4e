package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.ArchiveOwner;
import io.github.signaturereactive.job.Sender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** What is asked of the archive. */
class ArchiveClientWireTest {

    private static final ArchiveOwner OWNER = ArchiveOwner.ofOrganizationNumber("987654321");

    private final MockWebServer server = new MockWebServer();
    private SignatureClient client;

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
        client = SignatureClient.create(
                TestOrganization.configuration(URI.create("http://127.0.0.1:" + server.getPort() + "/api"))
                        .build());
    }

    @AfterEach
    void stop() {
        StepVerifier.create(client.disposeLater()).verifyComplete();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "17, 17",
        "id æ/1 2, id%20%C3%A6%2F1%202",
        "../../123456789, ..%2F..%2F123456789",
        "a?b#c%2F&d+e;f, a%3Fb%23c%252F%26d%2Be%3Bf"
    })
    void theIdIsOneSegmentOfThePath(String id, String segment) throws Exception {
        server.enqueue(new MockResponse.Builder().body("%PDF").build());

        StepVerifier.create(client.archive().getPAdES(OWNER, id).toByteArray(100))
                .assertNext(bytes -> assertThat(bytes).asString(UTF_8).isEqualTo("%PDF"))
                .verifyComplete();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine())
                .isEqualTo("GET /api/987654321/archive/documents/" + segment + "/pades HTTP/1.1");
        assertThat(request.getHeaders().values("Accept")).containsExactly("application/octet-stream, application/xml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", ".."})
    void anIdThatIsNoSegmentIsRefused(String id) {
        assertThatThrownBy(() -> client.archive().getPAdES(OWNER, id)).isInstanceOf(IllegalArgumentException.class);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void anOwnerIsAnOrganization() {
        assertThat(ArchiveOwner.of(new Sender("987654321"))).isEqualTo(OWNER);
        assertThatThrownBy(() -> ArchiveOwner.ofOrganizationNumber("98765432"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nine digits");
    }
}
