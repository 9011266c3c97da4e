package io.github.signaturereactive.http;

import java.net.UnknownHostException;

/** The error of a connection whose proxy has an unknown host name. */
final class UnknownProxyException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    UnknownProxyException(String proxy, UnknownHostException cause) {
        super(proxy);
        initCause(cause);
    }
}
