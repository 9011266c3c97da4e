package io.github.signaturereactive.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;

class RequestProgressTest {

    @Test
    @Timeout(30)
    void connectionThatBecomesReadyDuringCancellationIsClosedUnused() throws Exception {
        var progress = new RequestProgress();
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            progress.cancel(() -> {});

            Disposable call = progress.of(HttpClient.newConnection())
                    .get()
                    .uri("http://127.0.0.1:" + server.getLocalPort() + "/")
                    .response()
                    .subscribe();

            try (Socket connection = server.accept()) {
                assertThat(connection.getInputStream().read()).isEqualTo(-1);
            } finally {
                call.dispose();
            }
        }
    }
}
