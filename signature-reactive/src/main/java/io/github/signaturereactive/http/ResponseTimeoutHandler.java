package io.github.signaturereactive.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection if the headers of the final response are not complete within the limit after the end of the request.
 * Reactor Netty's response timeout restarts with each read; this limit does not.
 *
 * <p>The handler must be placed after the HTTP codec and the {@link InterimResponseHandler}.
 */
final class ResponseTimeoutHandler extends ChannelDuplexHandler {

    private final Duration limit;
    private boolean responded;
    private @Nullable ScheduledFuture<?> timer;

    ResponseTimeoutHandler(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpRequest) {
            responded = false;
        }
        if (!(message instanceof LastHttpContent)) {
            super.write(ctx, message, promise);
            return;
        }
        super.write(ctx, message, promise.unvoid().addListener(written -> {
            if (written.isSuccess() && !responded) {
                timer = ctx.executor().schedule(() -> timedOut(ctx), limit.toMillis(), TimeUnit.MILLISECONDS);
            }
        }));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof HttpResponse) {
            responded = true;
            cancelTimer();
        }
        super.channelRead(ctx, message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        cancelTimer();
        super.channelInactive(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        cancelTimer();
    }

    private static void timedOut(ChannelHandlerContext ctx) {
        ctx.fireExceptionCaught(new ResponseTimeoutException());
        var unused = ctx.close();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
