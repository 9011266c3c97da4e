package io.github.signaturereactive.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.timeout.WriteTimeoutException;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection if no pending write completes within the limit. Netty's {@code WriteTimeoutHandler} starts the timeout of
 * each write when the write is queued, so it would close a slow connection that makes progress.
 */
final class WriteStallHandler extends ChannelDuplexHandler {

    private final long limit;
    private @Nullable ScheduledFuture<?> timer;
    private int pending;
    private long moved;

    WriteStallHandler(Duration limit) {
        this.limit = limit.toNanos();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (pending++ == 0) {
            moved = System.nanoTime();
        }
        if (timer == null) {
            arm(ctx, limit);
        }
        super.write(ctx, message, promise.unvoid().addListener(written -> {
            pending--;
            moved = System.nanoTime();
        }));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void arm(ChannelHandlerContext ctx, long delay) {
        timer = ctx.executor().schedule(() -> look(ctx), delay, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        long left = limit - (System.nanoTime() - moved);
        timer = null;
        if (pending == 0) {
            return;
        }
        if (left > 0) {
            arm(ctx, left);
            return;
        }
        ctx.fireExceptionCaught(WriteTimeoutException.INSTANCE);
        var unused = ctx.close();
    }
}
