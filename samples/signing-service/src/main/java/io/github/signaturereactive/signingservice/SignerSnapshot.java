package io.github.signaturereactive.signingservice;

import java.time.Instant;
import java.util.Optional;

/**
 * One signer as it was when asked for.
 *
 * @param order the group this signer belongs to; lower ones sign first
 * @param status what has become of the signer
 * @param since when the signer got that status, by the service's clock
 * @param personalIdentificationNumber empty for a signer identified otherwise
 * @param signerIdentifier the sender's own identifier of a direct signer, if any
 * @param email the e-mail address of the notifications, if any
 * @param mobileNumber the mobile number of the notifications, if any
 */
public record SignerSnapshot(
        int order,
        SignerStatus status,
        Instant since,
        Optional<String> personalIdentificationNumber,
        Optional<String> signerIdentifier,
        Optional<String> email,
        Optional<String> mobileNumber) {

    /** The order and the status; who it is stays out of logs. */
    @Override
    public String toString() {
        return status + " since " + since + " (group " + order + ")";
    }
}
