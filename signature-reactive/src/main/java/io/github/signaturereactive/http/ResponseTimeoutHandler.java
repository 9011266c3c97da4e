package io.github.signaturereactive.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;

/**
 * Closes a connection if the headers of the final response are not complete within the limit after the end of the request.
 * Reactor Netty's response timeout restarts with each read; this limit does not.
 *
 * <p>The handler must be placed after the HTTP codec and the {@link InterimResponseHandler}.
 */
final class ResponseTimeoutHandler extends TimeoutHandler {

    private final long limit;
    private boolean responded;

    ResponseTimeoutHandler(Duration limit) {
        this.limit = limit.toNanos();
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
                startTimer(ctx, limit);
            }
        }));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof HttpResponse) {
            responded = true;
            stopTimer();
        }
        super.channelRead(ctx, message);
    }

    @Override
    void timerExpired(ChannelHandlerContext ctx) {
        close(ctx, new ResponseTimeoutException());
    }
}
