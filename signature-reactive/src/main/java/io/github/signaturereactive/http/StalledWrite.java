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
 * Fails a connection on which the peer takes none of what is written for too long. Netty's own handler counts each write from
 * when it was queued, which would fail a connection that is slow but moving.
 */
final class StalledWrite extends ChannelDuplexHandler {

    private final long limit;
    private @Nullable ScheduledFuture<?> alarm;
    private int pending;
    private long moved;

    StalledWrite(Duration limit) {
        this.limit = limit.toNanos();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (pending++ == 0) {
            moved = System.nanoTime();
        }
        if (alarm == null) {
            arm(ctx, limit);
        }
        super.write(ctx, message, promise.unvoid().addListener(written -> {
            pending--;
            moved = System.nanoTime();
        }));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    private void arm(ChannelHandlerContext ctx, long delay) {
        alarm = ctx.executor().schedule(() -> look(ctx), delay, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        long left = limit - (System.nanoTime() - moved);
        alarm = null;
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
