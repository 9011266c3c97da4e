package io.github.signaturereactive.schemas;

/** A document that is not what the published schemas allow; the message says where and why. */
public final class SchemaViolationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SchemaViolationException(String message, Throwable cause) {
        super(message, cause);
    }
}
