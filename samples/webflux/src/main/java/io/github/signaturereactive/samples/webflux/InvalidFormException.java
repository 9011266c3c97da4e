package io.github.signaturereactive.samples.webflux;

/** Something is wrong with the form; it is shown again, and says what. */
final class InvalidFormException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient JobForm form;
    private final int status;

    InvalidFormException(JobForm form, int status) {
        super("There are errors in " + form.errors().keySet());
        this.form = form;
        this.status = status;
    }

    /** The form with its errors. */
    JobForm form() {
        return form;
    }

    /** The status of the page. */
    int status() {
        return status;
    }
}
