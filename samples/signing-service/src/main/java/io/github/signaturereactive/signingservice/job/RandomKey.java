package io.github.signaturereactive.signingservice.job;

import java.security.SecureRandom;
import java.util.Base64;

/** Generates random keys that cannot be guessed. It reads system randomness, so do not call it on an event loop. */
final class RandomKey {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private RandomKey() {}

    /** Returns 32 characters that need no encoding in a URL. */
    static String draw() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
