package io.github.signaturereactive.schemas;

/** Thrown when a document is not valid for the published schemas. The message contains the position and the reason. */
public final class SchemaViolationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SchemaViolationException(String message, Throwable cause) {
        super(message, cause);
    }
}
