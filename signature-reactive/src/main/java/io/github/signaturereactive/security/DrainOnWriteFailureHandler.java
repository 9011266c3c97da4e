package io.github.signaturereactive.security;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelOutputShutdownException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A channel handler that continues to read after a failed write. A TLS alert or an early response is then delivered before the channel
 * is closed.
 *
 * <p>With TLS 1.3, a server may reject the client certificate when the handshake of the client is complete and the request is being
 * written. The server sends an alert and closes the connection. By default, Netty closes the channel when the next write fails, and
 * the alert is lost. This handler reads the remaining input first. Then it closes the channel and fails the write. It waits at most
 * 500 ms for the peer to close the connection.
 *
 * <p>Add one instance per channel, before the TLS handler. The handler disables {@link io.netty.channel.ChannelConfig#setAutoClose
 * auto-close}.
 */
public final class DrainOnWriteFailureHandler extends ChannelDuplexHandler {

    /** The time to wait for the peer to close the connection. Input of a peer that has closed it is available at once. */
    private static final Duration LIMIT = Duration.ofMillis(500);

    private final Queue<Runnable> failures = new ArrayDeque<>();

    /** Creates a handler for one channel. */
    public DrainOnWriteFailureHandler() {}

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoClose(false);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        var unused = ctx.write(message, ctx.newPromise()).addListener(written -> {
            if (written.isSuccess()) {
                promise.trySuccess();
            } else {
                failed(ctx, () -> promise.tryFailure(fault(written.cause())));
            }
        });
    }

    private void failed(ChannelHandlerContext ctx, Runnable failure) {
        if (!ctx.channel().isActive() || ctx.isRemoved()) {
            failure.run();
            return;
        }
        failures.add(failure);
        if (failures.size() == 1) {
            ctx.read();
            var unused = ctx.executor().schedule(() -> close(ctx), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        if (!failures.isEmpty()) {
            ctx.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        fail();
    }

    /** Returns the error of the write that failed first. Later writes fail because Netty has shut down the output. */
    private static Throwable fault(Throwable failure) {
        return failure instanceof ChannelOutputShutdownException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    private static void close(ChannelHandlerContext ctx) {
        var unused = ctx.close();
    }

    private void fail() {
        for (Runnable failure = failures.poll(); failure != null; failure = failures.poll()) {
            failure.run();
        }
    }
}
