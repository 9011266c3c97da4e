package io.github.signaturereactive.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

class DrainOnWriteFailureHandlerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Test
    void readsInputBeforeWriteFails() {
        var channel = new EmbeddedChannel(new BrokenPipe(), new DrainOnWriteFailureHandler());

        ChannelFuture written = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        assertThat(written.isDone()).isFalse();

        ByteBuf alert = Unpooled.copiedBuffer("alert", StandardCharsets.US_ASCII);
        channel.writeInbound(alert);
        ByteBuf input = channel.readInbound();
        assertThat(input.toString(StandardCharsets.US_ASCII)).isEqualTo("alert");
        input.release();
        assertThat(written.isDone()).isFalse();

        assertThat(channel.close().isSuccess()).isTrue();
        assertThat(written.cause()).isInstanceOf(IOException.class).hasMessage("Broken pipe");
    }

    @Test
    void closesChannelAfterTimeout() {
        var channel = new EmbeddedChannel(new BrokenPipe(), new DrainOnWriteFailureHandler());
        channel.freezeTime();

        ChannelFuture written = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        channel.advanceTimeBy(499, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();

        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        assertThat(written.cause()).hasMessage("Broken pipe");
    }

    @Test
    void successfulWriteCompletesAtOnce() {
        var channel = new EmbeddedChannel(new DrainOnWriteFailureHandler());
        assertThat(channel.writeAndFlush(Unpooled.EMPTY_BUFFER).isSuccess()).isTrue();
        assertThat(channel.finishAndReleaseAll()).isTrue();
    }

    @Test
    void connectionResetIsEmittedUnchanged() throws Exception {
        try (EarlyClosingServer server = new EarlyClosingServer("")) {
            StepVerifier.create(server.upload())
                    .expectErrorSatisfies(failure -> assertThat(failure)
                            .isInstanceOf(IOException.class)
                            .isNotInstanceOf(ChannelOutputShutdownException.class))
                    .verify(TIMEOUT);
        }
    }

    @Test
    void emitsEarlyResponseOfClosedConnection() throws Exception {
        try (EarlyClosingServer server =
                new EarlyClosingServer("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nno!")) {
            StepVerifier.create(server.upload())
                    .expectNext("413 no!")
                    .expectComplete()
                    .verify(TIMEOUT);
        }
    }

    /** A socket whose peer has closed the connection. */
    private static final class BrokenPipe extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            promise.setFailure(new ChannelOutputShutdownException("shut down", new IOException("Broken pipe")));
        }
    }

    /** A server that reads the start of a request, sends a response or nothing, and closes the connection. */
    private static final class EarlyClosingServer implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final String responseBytes;

        EarlyClosingServer(String responseBytes) throws IOException {
            this.responseBytes = responseBytes;
        }

        Mono<String> upload() {
            Mono<String> exchange = HttpClient.create(ConnectionProvider.newConnection())
                    .disableRetry(true)
                    .doOnChannelInit((observer, channel, address) ->
                            channel.pipeline().addFirst(new DrainOnWriteFailureHandler()))
                    .post()
                    .uri("http://localhost:" + socket.getLocalPort() + "/")
                    .send(Flux.range(0, 2000).map(i -> Unpooled.wrappedBuffer(new byte[16384])))
                    .responseSingle((response, body) ->
                            body.asString().map(text -> response.status().code() + " " + text));
            return Mono.zip(exchange, accept().thenReturn(true)).map(both -> both.getT1());
        }

        private Mono<Void> accept() {
            return Mono.<Void>fromCallable(() -> {
                        try (Socket connection = socket.accept()) {
                            connection.getInputStream().readNBytes(1000);
                            connection.getOutputStream().write(responseBytes.getBytes(StandardCharsets.US_ASCII));
                        }
                        return null;
                    })
                    .subscribeOn(Schedulers.boundedElastic());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
