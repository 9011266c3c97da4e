package io.github.signaturereactive.spring;

/** The status change handlers of the application cannot be used as they are declared; told at start-up. */
public final class UnusableStatusChangeHandlersException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String action;

    UnusableStatusChangeHandlersException(String description, String action) {
        super(description);
        this.action = action;
    }

    /** What to do about it. */
    public String action() {
        return action;
    }
}
