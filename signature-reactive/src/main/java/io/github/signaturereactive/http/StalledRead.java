package io.github.signaturereactive.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fails a connection on which the peer leaves a read unanswered for too long. Netty's own idle handlers count the time
 * during which nobody wants to read as well, which would fail a download whose consumer is slow.
 */
final class StalledRead extends ChannelDuplexHandler {

    private final Duration limit;
    private @Nullable ScheduledFuture<?> alarm;

    StalledRead(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void read(ChannelHandlerContext ctx) throws Exception {
        if (alarm == null) {
            alarm = ctx.executor().schedule(() -> stalled(ctx), limit.toMillis(), TimeUnit.MILLISECONDS);
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
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }
}
