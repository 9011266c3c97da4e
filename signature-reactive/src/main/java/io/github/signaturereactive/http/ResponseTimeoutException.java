package io.github.signaturereactive.http;

import io.netty.channel.ChannelException;

/** Fails a request whose response did not begin in time. */
final class ResponseTimeoutException extends ChannelException {

    private static final long serialVersionUID = 1L;

    ResponseTimeoutException() {
        super("response timeout");
    }
}
