package io.github.signaturereactive.xml;

import org.jspecify.annotations.Nullable;

/** An element that says all it has to say by being there. */
record Present() {
    static @Nullable Present when(boolean present) {
        return present ? new Present() : null;
    }
}
