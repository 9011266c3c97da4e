package io.github.signaturereactive.http;

/**
 * Carries a failure of the caller's own code (a document's publisher, the consumer of a download) past the place where the
 * faults of the connection are explained, so that it reaches the caller as it is.
 */
final class CallerFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Throwable failure;

    CallerFailure(Throwable failure) {
        // Not as the cause: Reactor Netty logs what a connection observes, and this may be personal.
        super(null, null, false, false);
        this.failure = failure;
    }

    Throwable failure() {
        return failure;
    }
}
