package io.github.signaturereactive.security;

import java.util.stream.Stream;

/** The causal chain of an error. */
final class CausalChain {

    private static final int MAX_DEPTH = 20;

    private CausalChain() {}

    /** Returns the error, followed by its causes. Stops after {@value #MAX_DEPTH} errors, because causes may be cyclic. */
    static Stream<Throwable> of(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .limit(MAX_DEPTH);
    }
}
