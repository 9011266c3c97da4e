package io.github.signaturereactive.signingservice.protocol;

/** An error response of the API: an HTTP status, and the code and message of the service's {@code error}. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String text;

    /** Creates an error response with a status, an error code and a message. */
    public ApiException(int status, String code, String text) {
        super(status + " " + code + ": " + text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
    }

    /** Returns the error response to an invalid document bundle. */
    public static ApiException invalidBundle(String reason) {
        return new ApiException(400, "ASICE_VALIDATION_FAILED", reason);
    }

    /** Returns the error response to an invalid XML message. */
    public static ApiException invalidXml(String reason) {
        return new ApiException(400, "SCHEMA_VALIDATION_ERROR", reason);
    }

    /** Returns the error response to a feature that the sender cannot use. */
    public static ApiException featureNotAvailable(String reason) {
        return new ApiException(400, "FEATURE_NOT_AVAILABLE", reason);
    }

    /** Returns the error response with status 404. */
    public static ApiException notFound(String what) {
        return new ApiException(404, "NOT_FOUND", what);
    }

    /** Returns the response. */
    public Response response() {
        return Response.xml(status, ErrorMessage.write(code, text));
    }
}
