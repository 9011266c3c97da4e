package io.github.signaturereactive.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection if a pending read brings no data within the limit. Netty's {@code ReadTimeoutHandler} also counts the time
 * in which no read is pending, so it would fail the download of a slow subscriber.
 */
final class ReadStallHandler extends ChannelDuplexHandler {

    private final Duration limit;
    private @Nullable ScheduledFuture<?> timer;

    ReadStallHandler(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void read(ChannelHandlerContext ctx) throws Exception {
        if (timer == null) {
            timer = ctx.executor().schedule(() -> stalled(ctx), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        super.read(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        disarm();
        super.channelRead(ctx, message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        disarm();
        super.channelInactive(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        disarm();
    }

    private void stalled(ChannelHandlerContext ctx) {
        ctx.fireExceptionCaught(ReadTimeoutException.INSTANCE);
        var unused = ctx.close();
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
