package io.github.signaturereactive.xml;

import org.jspecify.annotations.Nullable;

/** An element without content, such as {@code identified-by-contact-information}. Only its presence has a meaning. */
record EmptyElement() {
    static @Nullable EmptyElement presentIf(boolean present) {
        return present ? new EmptyElement() : null;
    }
}
