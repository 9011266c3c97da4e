package io.github.signaturereactive.samples.webflux;

/** A form with invalid input, which is shown again with its errors. */
final class InvalidFormException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient JobForm form;
    private final int status;

    InvalidFormException(JobForm form, int status) {
        super("There are errors in " + form.errors().keySet());
        this.form = form;
        this.status = status;
    }

    /** Returns the form with its errors. */
    JobForm form() {
        return form;
    }

    /** Returns the HTTP status of the page. */
    int status() {
        return status;
    }
}
