package io.github.signaturereactive.signingservice;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One signer's way through the browser: redirect URLs that work once lead to a visit, in which the signer acts and from
 * which they go back with a token that works once. Guarded by {@link JobStore}.
 */
final class Ceremony {

    private final Set<String> redirects = new HashSet<>();
    private final Set<String> visits = new HashSet<>();
    private final Set<String> tokens = new HashSet<>();
    private boolean completed;

    /** A key for a redirect URL. */
    String redirect() {
        return added(redirects);
    }

    /** Uses up a redirect URL's key; gives the key of the visit it leads to, or nothing if there is no such key. */
    Optional<String> open(String redirect) {
        return redirects.remove(redirect) ? Optional.of(added(visits)) : Optional.empty();
    }

    boolean hasVisit(String visit) {
        return visits.contains(visit);
    }

    /** The signer goes back; gives the token they bring. */
    String complete() {
        completed = true;
        return added(tokens);
    }

    /** Whether the signer has gone back. */
    boolean completed() {
        return completed;
    }

    /** Uses up a token, if there is such a one. */
    boolean use(String token) {
        return tokens.remove(token);
    }

    private static String added(Set<String> keys) {
        String key = RandomKey.draw();
        keys.add(key);
        return key;
    }
}
