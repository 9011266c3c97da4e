package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.http.ApiClient;
import io.github.signaturereactive.observation.Operation;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroupException;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;

class DisposalTest {

    @Test
    @Timeout(60)
    void failedStepIsReportedAfterAllOthers() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (var server = new MockWebServer()) {
            server.start(InetAddress.getLoopbackAddress(), 0);
            server.enqueue(new MockResponse.Builder().code(200).build());
            var api = new ApiClient(
                    TestOrganization.configuration(URI.create("http://127.0.0.1:" + server.getPort() + "/api"))
                            .eventLoops(loopsWithFailingChannels(group))
                            .build()
                            .transport());
            StepVerifier.create(api.get(Operation.WHO_AM_I, "/", response -> "connected"))
                    .expectNext("connected")
                    .verifyComplete();

            StepVerifier.create(api.disposeLater()).verifyError(ChannelGroupException.class);

            assertThat(api.schedulers().work().isDisposed()).isTrue();
            assertThat(api.schedulers().blocking().isDisposed()).isTrue();
        } finally {
            group.shutdownGracefully().sync();
        }
    }

    private static LoopResources loopsWithFailingChannels(EventLoopGroup group) {
        return new LoopResources() {
            @Override
            public EventLoopGroup onServer(boolean useNative) {
                return group;
            }

            @Override
            @SuppressWarnings("unchecked")
            public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup loops) {
                return type == SocketChannel.class
                        ? (C) new FailingChannel()
                        : LoopResources.super.onChannel(type, loops);
            }

            @Override
            public boolean daemon() {
                return true;
            }
        };
    }

    private static final class FailingChannel extends NioSocketChannel {

        @Override
        protected void doClose() throws Exception {
            super.doClose();
            throw new IOException("not closed");
        }
    }
}
