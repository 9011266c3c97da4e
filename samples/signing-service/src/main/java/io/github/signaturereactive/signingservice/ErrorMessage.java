package io.github.signaturereactive.signingservice;

/** Writes the service's {@code error} message. */
final class ErrorMessage {

    private ErrorMessage() {}

    static byte[] write(String code, String text) {
        return XmlMessage.write("error", error -> {
            error.element("error-code", code);
            error.element("error-message", text);
            error.element("error-type", "CLIENT");
        });
    }
}
