package io.github.signaturereactive.quickstart;

/** The command line asks for something that cannot be; the message says so in one line. */
final class ArgumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ArgumentException(String message) {
        super(message);
    }
}
