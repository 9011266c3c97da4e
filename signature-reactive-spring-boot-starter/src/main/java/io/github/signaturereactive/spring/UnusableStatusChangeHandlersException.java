package io.github.signaturereactive.spring;

/** Thrown at startup if the status change handlers of the application cannot be used as declared. */
public final class UnusableStatusChangeHandlersException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String action;

    UnusableStatusChangeHandlersException(String description, String action) {
        super(description);
        this.action = action;
    }

    /** {@return the action to take, as a complete sentence} */
    public String action() {
        return action;
    }
}
