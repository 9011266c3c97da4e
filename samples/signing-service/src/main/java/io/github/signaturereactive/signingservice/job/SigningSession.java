package io.github.signaturereactive.signingservice.job;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The signing session of one signer in a browser. A redirect URL works once and opens the signing page. The signer
 * signs or rejects there, and returns to the sender with a status query token, which works once. Guarded by {@link
 * JobStore}.
 */
final class SigningSession {

    private final Set<String> redirectKeys = new HashSet<>();
    private final Set<String> pageKeys = new HashSet<>();
    private final Set<String> statusQueryTokens = new HashSet<>();
    private boolean completed;

    /** Creates a key for a redirect URL. */
    String newRedirectKey() {
        return newKey(redirectKeys);
    }

    /** Consumes a redirect key. Returns the key of the signing page, or empty if the redirect key is unknown. */
    Optional<String> open(String redirectKey) {
        return redirectKeys.remove(redirectKey) ? Optional.of(newKey(pageKeys)) : Optional.empty();
    }

    boolean hasPage(String pageKey) {
        return pageKeys.contains(pageKey);
    }

    /** Completes the session and returns the status query token for the exit URL. */
    String complete() {
        completed = true;
        return newKey(statusQueryTokens);
    }

    /** Returns whether the signer has returned to the sender. */
    boolean completed() {
        return completed;
    }

    /** Consumes a status query token. Returns whether the token existed. */
    boolean useToken(String statusQueryToken) {
        return statusQueryTokens.remove(statusQueryToken);
    }

    private static String newKey(Set<String> keys) {
        String key = RandomKey.draw();
        keys.add(key);
        return key;
    }
}
