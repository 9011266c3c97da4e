package io.github.signaturereactive.http;

/**
 * A wrapper of an error from application code: the publisher of a document or the consumer of a download.
 * {@link ConnectionErrors} unwraps it, so the application receives its own error unchanged.
 */
final class CallerFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Throwable failure;

    CallerFailure(Throwable failure) {
        // Not set as the cause: Reactor Netty logs errors of a connection, and the failure may contain personal data.
        super(null, null, false, false);
        this.failure = failure;
    }

    Throwable failure() {
        return failure;
    }
}
