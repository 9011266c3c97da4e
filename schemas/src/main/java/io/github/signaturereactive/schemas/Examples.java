package io.github.signaturereactive.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Example messages, one of each type, which are valid for the published schemas. */
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

    /** Returns the name of the root element, or {@code signatures} for {@link #SIGNATURES}. */
    public String messageName() {
        return Arrays.stream(name().split("_"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .reduce((a, b) -> a + "-" + b)
                .orElseThrow();
    }

    /** Returns the schema of the example. */
    public Schemas schema() {
        return this == SIGNATURES ? Schemas.SIGNATURES : Schemas.MESSAGES;
    }

    /**
     * Reads the example. Blocks while reading.
     *
     * @return a new copy of the XML
     */
    public byte[] bytes() {
        String file = "examples/" + messageName() + ".xml";
        try (@Nullable InputStream in = Examples.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("There is no example " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
