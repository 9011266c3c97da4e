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
 * Hears out a server that has closed the connection while we were still writing. With TLS 1.3 a server refuses a client
 * certificate after the handshake, when the request is already on its way: it sends an alert and closes, and the next
 * write fails. Netty then closes the connection with the alert unread, and the caller would learn no more than that the
 * connection broke. So with this handler a failed write first lets the rest be read, and then closes the connection and
 * fails as it would have. An answer that came before the server closed is read in the same way.
 *
 * <p>Its place is between the socket and the TLS handler, one instance per connection.
 */
public final class LastWords extends ChannelDuplexHandler {

    /** What the server sent before it closed has arrived already; this is only for a peer that never ends. */
    private static final Duration LIMIT = Duration.ofMillis(500);

    private final Queue<Runnable> failures = new ArrayDeque<>();

    /** Creates one for one connection. */
    public LastWords() {}

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

    /** What failed the write, not that the output was shut down since then. */
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
