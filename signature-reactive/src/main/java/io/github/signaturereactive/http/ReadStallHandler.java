package io.github.signaturereactive.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.ReadTimeoutException;
import java.time.Duration;

/**
 * Closes a connection if a pending read brings no data within the limit. Netty's {@code ReadTimeoutHandler} also counts the time
 * in which no read is pending, so it would fail the download of a slow subscriber.
 */
final class ReadStallHandler extends TimeoutHandler {

    private final long limit;

    ReadStallHandler(Duration limit) {
        this.limit = limit.toNanos();
    }

    @Override
    public void read(ChannelHandlerContext ctx) throws Exception {
        if (!isTimerRunning()) {
            startTimer(ctx, limit);
        }
        super.read(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        stopTimer();
        super.channelRead(ctx, message);
    }

    @Override
    void timerExpired(ChannelHandlerContext ctx) {
        close(ctx, ReadTimeoutException.INSTANCE);
    }
}
