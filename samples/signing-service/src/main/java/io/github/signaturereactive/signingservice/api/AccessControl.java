package io.github.signaturereactive.signingservice.api;

import io.github.signaturereactive.signingservice.protocol.ApiException;
import java.util.Map;
import java.util.Set;

/**
 * The access control of the service: the organizations with access, and the brokers that may act on behalf of a sender.
 */
final class AccessControl {

    private final Set<String> withoutAccess;
    private final Map<String, Set<String>> sendersByBroker;

    AccessControl(Set<String> withoutAccess, Map<String, Set<String>> sendersByBroker) {
        this.withoutAccess = withoutAccess;
        this.sendersByBroker = sendersByBroker;
    }

    /** Refuses a caller without access, or without permission to act on behalf of this sender. */
    void check(String caller, String sender) {
        if (caller.isEmpty()) {
            throw new ApiException(
                    403,
                    "NOT_AUTHORIZED",
                    "The certificate has no organization number. It can be used with access tokens only");
        }
        if (withoutAccess.contains(caller)) {
            throw new ApiException(403, "NOT_AUTHORIZED", "Organization " + caller + " has no access to the API");
        }
        if (!caller.equals(sender)
                && !sendersByBroker.getOrDefault(caller, Set.of()).contains(sender)) {
            throw new ApiException(
                    400, "BROKER_NOT_AUTHORIZED", "Organization " + caller + " may not act on behalf of " + sender);
        }
    }
}
