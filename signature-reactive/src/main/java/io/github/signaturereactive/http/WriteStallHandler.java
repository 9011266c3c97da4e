package io.github.signaturereactive.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.timeout.WriteTimeoutException;
import java.time.Duration;

/**
 * Closes a connection if no pending write completes within the limit. Netty's {@code WriteTimeoutHandler} starts the timeout of
 * each write when the write is queued, so it would close a slow connection that makes progress.
 */
final class WriteStallHandler extends TimeoutHandler {

    private final long limit;
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
        if (!isTimerRunning()) {
            startTimer(ctx, limit);
        }
        super.write(ctx, message, promise.unvoid().addListener(written -> {
            pending--;
            moved = System.nanoTime();
        }));
    }

    @Override
    void timerExpired(ChannelHandlerContext ctx) {
        if (pending == 0) {
            return;
        }
        long left = limit - (System.nanoTime() - moved);
        if (left > 0) {
            startTimer(ctx, left);
        } else {
            close(ctx, WriteTimeoutException.INSTANCE);
        }
    }
}
