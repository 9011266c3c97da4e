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
 * Keeps reading after a failed write, so that a TLS alert or an early response is delivered before the connection is closed.
 *
 * <p>With TLS 1.3, a server refuses a client certificate after the handshake, while the request is already being written: it
 * sends an alert and closes the connection, and the next write fails. Netty then closes the channel without reading the alert,
 * and the caller learns only that the connection broke. This handler lets the remaining input be read first, then closes the
 * channel and fails the write.
 *
 * <p>Add one instance per channel, between the socket and the TLS handler.
 */
public final class DrainOnWriteFailureHandler extends ChannelDuplexHandler {

    /** Applies only to a peer that keeps the connection open; what it sent before closing has already arrived. */
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

    /** Returns the error of the write itself rather than the later shutdown of the output. */
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
