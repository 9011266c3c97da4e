package io.github.signaturereactive.quickstart;

/** An error in the command line, described in one line. */
final class ArgumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ArgumentException(String message) {
        super(message);
    }
}
