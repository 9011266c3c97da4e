package io.github.signaturereactive.signingservice.protocol;

/** Writes the service's {@code error} message. */
public final class ErrorMessage {

    private ErrorMessage() {}

    /** Writes an error message with this code and text. */
    public static byte[] write(String code, String text) {
        return XmlMessage.write("error", error -> {
            error.element("error-code", code);
            error.element("error-message", text);
            error.element("error-type", "CLIENT");
        });
    }
}
