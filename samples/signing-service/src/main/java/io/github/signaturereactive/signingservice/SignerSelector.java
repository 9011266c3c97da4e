package io.github.signaturereactive.signingservice;

import java.util.function.Predicate;

/** Says which of a job's signers is meant. */
public final class SignerSelector {

    private final String description;
    private final Predicate<SignatureJob.Signer> selected;

    private SignerSelector(String description, Predicate<SignatureJob.Signer> selected) {
        this.description = description;
        this.selected = selected;
    }

    /** The signer at this place in the manifest, the first at 0. */
    public static SignerSelector at(int index) {
        return new SignerSelector("the signer at " + index, signer -> signer.index() == index);
    }

    /** The signer with this personal identification number. */
    public static SignerSelector personalIdentificationNumber(String number) {
        return new SignerSelector(
                "the signer with that personal identification number",
                signer -> signer.manifest()
                        .personalIdentificationNumber()
                        .filter(number::equals)
                        .isPresent());
    }

    /** The direct signer with this identifier of the sender's own. */
    public static SignerSelector signerIdentifier(String identifier) {
        return new SignerSelector(
                "the signer with that identifier",
                signer -> signer.manifest()
                        .signerIdentifier()
                        .filter(identifier::equals)
                        .isPresent());
    }

    /** The signer notified at this e-mail address. */
    public static SignerSelector email(String address) {
        return new SignerSelector(
                "the signer with that e-mail address",
                signer -> signer.manifest()
                        .email()
                        .filter(address::equalsIgnoreCase)
                        .isPresent());
    }

    /** The signer notified at this mobile number, as the sender wrote it. */
    public static SignerSelector mobileNumber(String number) {
        return new SignerSelector(
                "the signer with that mobile number",
                signer ->
                        signer.manifest().mobileNumber().filter(number::equals).isPresent());
    }

    boolean selects(SignatureJob.Signer signer) {
        return selected.test(signer);
    }

    /** Which signer is meant, without the identifier itself. */
    @Override
    public String toString() {
        return description;
    }
}
