package io.github.signaturereactive.signingservice.job;

import java.time.Instant;
import java.util.Optional;

/**
 * An immutable snapshot of a signer.
 *
 * @param order the signer's group; groups with a lower order sign first
 * @param status the status of the signer
 * @param since when the signer got that status, by the service's clock
 * @param personalIdentificationNumber the personal identification number, or empty
 * @param signerIdentifier the sender's own identifier of a direct signer, or empty
 * @param email the e-mail address of the notifications, or empty
 * @param mobileNumber the mobile number of the notifications, or empty
 */
public record SignerSnapshot(
        int order,
        SignerStatus status,
        Instant since,
        Optional<String> personalIdentificationNumber,
        Optional<String> signerIdentifier,
        Optional<String> email,
        Optional<String> mobileNumber) {

    /** Returns the order and the status. The identifiers are left out because the text may be logged. */
    @Override
    public String toString() {
        return status + " since " + since + " (group " + order + ")";
    }
}
