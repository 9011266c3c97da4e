package io.github.signaturereactive.signingservice;

import java.security.SecureRandom;
import java.util.Base64;

/** Draws keys that cannot be guessed. Takes from the system's random numbers: not for an event loop. */
final class RandomKey {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private RandomKey() {}

    /** Returns 32 characters that may stand in a URL as they are. */
    static String draw() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
