package io.github.signaturereactive.samples.webflux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** The form for a new job, encoded as by a browser. */
final class Form {

    static final String MEDIA_TYPE = "multipart/form-data; boundary=----sample";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Form() {}

    /** Returns the form for a portal job, without documents. */
    static Form portal(String... signers) {
        Form form = titled("Leiekontrakt – «båt»").with("flow", "PORTAL");
        for (String signer : signers) {
            form = form.with("signer", signer);
        }
        return form;
    }

    /** Returns the form for a direct job, without documents. */
    static Form direct(String personalNumber) {
        return titled("Leiekontrakt – «båt»").with("flow", "DIRECT").with("personalNumber", personalNumber);
    }

    /** Returns a form with only a title. */
    static Form titled(String title) {
        return new Form().with("title", title);
    }

    Form with(String name, String value) {
        return part("name=\"" + name + "\"", "text/plain;charset=UTF-8", value.getBytes(UTF_8));
    }

    Form withDocument(String name, byte[] document) {
        return part("name=\"documents\"; filename=\"" + name + "\"", "application/pdf", document);
    }

    Form withPdf() {
        return withDocument("Kontrakt.pdf", TestPdf.ofPages(1));
    }

    private Form part(String disposition, String type, byte[] body) {
        Form longer = new Form();
        longer.bytes.writeBytes(bytes.toByteArray());
        longer.bytes.writeBytes(("------sample\r\nContent-Disposition: form-data; " + disposition + "\r\nContent-Type: "
                        + type + "\r\n\r\n")
                .getBytes(UTF_8));
        longer.bytes.writeBytes(body);
        longer.bytes.writeBytes("\r\n".getBytes(UTF_8));
        return longer;
    }

    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(bytes.toByteArray());
        whole.writeBytes("------sample--\r\n".getBytes(UTF_8));
        return whole.toByteArray();
    }
}
