package io.github.signaturereactive.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A handler with one timer, which ends with the channel. */
abstract class TimeoutHandler extends ChannelDuplexHandler {

    private @Nullable ScheduledFuture<?> timer;

    /** Called on the event loop when the timer has run out. */
    abstract void timerExpired(ChannelHandlerContext ctx);

    final boolean isTimerRunning() {
        return timer != null;
    }

    final void startTimer(ChannelHandlerContext ctx, long nanos) {
        stopTimer();
        timer = ctx.executor()
                .schedule(
                        () -> {
                            timer = null;
                            timerExpired(ctx);
                        },
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    final void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Closes the channel with an error. */
    static void close(ChannelHandlerContext ctx, ChannelException reason) {
        ctx.fireExceptionCaught(reason);
        var unused = ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        stopTimer();
        super.channelInactive(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopTimer();
    }
}
