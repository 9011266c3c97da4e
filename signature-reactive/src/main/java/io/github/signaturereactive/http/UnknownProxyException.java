package io.github.signaturereactive.http;

import java.net.UnknownHostException;

/** The proxy's name cannot be resolved. */
final class UnknownProxyException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    UnknownProxyException(String proxy, UnknownHostException cause) {
        super(proxy);
        initCause(cause);
    }
}
