package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.SignatureException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;

/** Which errors permit the caller to repeat the call. */
class TransientErrorsTest {

    private final MockWebServer server = new MockWebServer();
    private SignatureClient client;

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
        client = SignatureClient.create(
                TestOrganization.configuration(server.url("/api").uri())
                        .unlimitedCalls()
                        .build());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "408, true, true",
        "429, true, true",
        "500, true, false",
        "503, true, false",
        "400, false, false",
        "403, false, false",
        "409, false, false"
    })
    void errorResponse(int status, boolean ofPoll, boolean ofCreate) {
        MockResponse response = new MockResponse.Builder().code(status).build();
        server.enqueue(response);
        server.enqueue(response);

        isTransient(ApiCall.POLL_DIRECT, ofPoll);
        isTransient(ApiCall.CREATE_DIRECT_JOB, ofCreate);
    }

    static Stream<Arguments> calls() {
        return Stream.of(ApiCall.values())
                .map(call ->
                        Arguments.of(call, call != ApiCall.CREATE_PORTAL_JOB && call != ApiCall.CREATE_DIRECT_JOB));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void connectionLostAfterRequest(ApiCall call, boolean expected) {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        isTransient(call, expected);
    }

    @Test
    void refusedConnection() {
        server.close();

        isTransient(ApiCall.CREATE_PORTAL_JOB, true);
    }

    private void isTransient(ApiCall call, boolean expected) {
        StepVerifier.create(call.to(client, server.url("/api").toString()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                SignatureException.class,
                                failure -> assertThat(failure.isTransient()).isEqualTo(expected)))
                .verify(Duration.ofMinutes(1));
    }
}
