package io.github.signaturereactive.signingservice;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The signing ceremony of one signer in a browser. A redirect URL works once and opens a visit. The signer acts during
 * the visit, and then returns to the sender with a token that works once. Guarded by {@link JobStore}.
 */
final class Ceremony {

    private final Set<String> redirects = new HashSet<>();
    private final Set<String> visits = new HashSet<>();
    private final Set<String> tokens = new HashSet<>();
    private boolean completed;

    /** Creates a key for a redirect URL. */
    String redirect() {
        return added(redirects);
    }

    /** Consumes the key of a redirect URL. Returns the key of the visit, or empty if the redirect key is unknown. */
    Optional<String> open(String redirect) {
        return redirects.remove(redirect) ? Optional.of(added(visits)) : Optional.empty();
    }

    boolean hasVisit(String visit) {
        return visits.contains(visit);
    }

    /** Completes the visit and returns the token that the signer takes back to the sender. */
    String complete() {
        completed = true;
        return added(tokens);
    }

    /** Returns whether the signer has returned to the sender. */
    boolean completed() {
        return completed;
    }

    /** Consumes a token. Returns whether the token existed. */
    boolean use(String token) {
        return tokens.remove(token);
    }

    private static String added(Set<String> keys) {
        String key = RandomKey.draw();
        keys.add(key);
        return key;
    }
}
