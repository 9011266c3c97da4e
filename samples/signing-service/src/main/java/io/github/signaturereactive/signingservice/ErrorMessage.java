package io.github.signaturereactive.signingservice;

/** The service's {@code error}. */
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
