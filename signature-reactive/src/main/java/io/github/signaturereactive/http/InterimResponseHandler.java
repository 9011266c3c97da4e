package io.github.signaturereactive.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Discards interim responses (1xx; RFC 9110, section 15.2). Reactor Netty would pass them on as the final response. Status 101 is
 * not discarded: no request asks for an upgrade, so it is handled as a final response.
 */
final class InterimResponseHandler extends ChannelInboundHandlerAdapter {

    private boolean discarding;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof HttpResponse response && isInterim(response.status())) {
            discarding = true;
        }
        if (!discarding || !(message instanceof HttpObject)) {
            super.channelRead(ctx, message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            discarding = false;
            ctx.read();
        }
    }

    private static boolean isInterim(HttpResponseStatus status) {
        return status.codeClass() == HttpStatusClass.INFORMATIONAL
                && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    }
}
