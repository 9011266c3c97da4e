package io.github.signaturereactive.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One example of every message, valid for the published schemas. */
public enum Examples {
    DIRECT_SIGNATURE_JOB_REQUEST,
    DIRECT_SIGNATURE_JOB_MANIFEST,
    DIRECT_SIGNATURE_JOB_RESPONSE,
    DIRECT_SIGNER_UPDATE_REQUEST,
    DIRECT_SIGNER_RESPONSE,
    DIRECT_SIGNATURE_JOB_STATUS_RESPONSE,
    PORTAL_SIGNATURE_JOB_REQUEST,
    PORTAL_SIGNATURE_JOB_MANIFEST,
    PORTAL_SIGNATURE_JOB_RESPONSE,
    PORTAL_SIGNATURE_JOB_STATUS_CHANGE_RESPONSE,
    ERROR,
    SIGNATURES;

    /** The name of the root element, which is also the file's; except {@link #SIGNATURES}, named by its file. */
    public String messageName() {
        return Arrays.stream(name().split("_"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .reduce((a, b) -> a + "-" + b)
                .orElseThrow();
    }

    /** The schema this example follows. */
    public Schemas schema() {
        return this == SIGNATURES ? Schemas.SIGNATURES : Schemas.MESSAGES;
    }

    /** The example's bytes, a new copy each time. */
    public byte[] bytes() {
        String file = "examples/" + messageName() + ".xml";
        try (@Nullable InputStream in = Examples.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("No example " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
