package io.github.signaturereactive.signingservice;

/** An error response of the API: an HTTP status, and the code and message of the service's {@code error}. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String text;

    ApiException(int status, String code, String text) {
        super(status + " " + code + ": " + text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
    }

    static ApiException invalidBundle(String reason) {
        return new ApiException(400, "ASICE_VALIDATION_FAILED", reason);
    }

    static ApiException invalidXml(String reason) {
        return new ApiException(400, "SCHEMA_VALIDATION_ERROR", reason);
    }

    static ApiException featureNotAvailable(String reason) {
        return new ApiException(400, "FEATURE_NOT_AVAILABLE", reason);
    }

    static ApiException notFound(String what) {
        return new ApiException(404, "NOT_FOUND", what);
    }

    Response response() {
        return Response.xml(status, ErrorMessage.write(code, text));
    }
}
