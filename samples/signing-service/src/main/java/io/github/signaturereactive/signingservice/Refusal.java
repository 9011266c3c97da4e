package io.github.signaturereactive.signingservice;

/** The refusal of a request: an HTTP status and the three parts of the service's {@code error}. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String text;

    Refusal(int status, String code, String text) {
        super(status + " " + code + ": " + text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
    }

    static Refusal invalidBundle(String reason) {
        return new Refusal(400, "ASICE_VALIDATION_FAILED", reason);
    }

    static Refusal invalidXml(String reason) {
        return new Refusal(400, "SCHEMA_VALIDATION_ERROR", reason);
    }

    static Refusal featureNotAvailable(String reason) {
        return new Refusal(400, "FEATURE_NOT_AVAILABLE", reason);
    }

    static Refusal notFound(String what) {
        return new Refusal(404, "NOT_FOUND", what);
    }

    Answer answer() {
        return Answer.xml(status, ErrorMessage.write(code, text));
    }
}
