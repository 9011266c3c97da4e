package io.github.signaturereactive.security;

import java.util.stream.Stream;

/** A failure and what caused it. */
final class Causes {

    private static final int DEEPEST = 20;

    private Causes() {}

    /** The failure itself first. A cycle of causes ends, too. */
    static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST);
    }
}
