package io.github.signaturereactive.http;

import io.netty.channel.ChannelException;

/** The error of a request whose response headers did not arrive in time. */
final class ResponseTimeoutException extends ChannelException {

    private static final long serialVersionUID = 1L;

    ResponseTimeoutException() {
        super("response timeout");
    }
}
