package io.github.signaturereactive.signingservice;

import java.util.Map;
import java.util.Set;

/** Who may use the service, and on whose behalf. */
final class Access {

    private final Set<String> withoutAccess;
    private final Map<String, Set<String>> sendersByBroker;

    Access(Set<String> withoutAccess, Map<String, Set<String>> sendersByBroker) {
        this.withoutAccess = withoutAccess;
        this.sendersByBroker = sendersByBroker;
    }

    /** Refuses a caller who has no access, or none on behalf of this sender. */
    void check(String caller, String sender) {
        if (caller.isEmpty()) {
            throw new Refusal(
                    403,
                    "NOT_AUTHORIZED",
                    "The certificate has no organization number. It can be used with access tokens only");
        }
        if (withoutAccess.contains(caller)) {
            throw new Refusal(403, "NOT_AUTHORIZED", "Organization " + caller + " has no access to the API");
        }
        if (!caller.equals(sender)
                && !sendersByBroker.getOrDefault(caller, Set.of()).contains(sender)) {
            throw new Refusal(
                    400, "BROKER_NOT_AUTHORIZED", "Organization " + caller + " may not act on behalf of " + sender);
        }
    }
}
