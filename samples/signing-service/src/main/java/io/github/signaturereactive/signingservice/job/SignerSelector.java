package io.github.signaturereactive.signingservice.job;

import java.util.function.Predicate;

/** Selects one of a job's signers. */
public final class SignerSelector {

    private final String description;
    private final Predicate<SignatureJob.Signer> selected;

    private SignerSelector(String description, Predicate<SignatureJob.Signer> selected) {
        this.description = description;
        this.selected = selected;
    }

    /** Selects the signer at this index in the manifest; the first is 0. */
    public static SignerSelector at(int index) {
        return new SignerSelector("the signer at " + index, signer -> signer.index() == index);
    }

    /** Selects the signer with this personal identification number. */
    public static SignerSelector personalIdentificationNumber(String number) {
        return new SignerSelector(
                "the signer with that personal identification number",
                signer -> signer.manifest()
                        .personalIdentificationNumber()
                        .filter(number::equals)
                        .isPresent());
    }

    /** Selects the direct signer with this identifier of the sender. */
    public static SignerSelector signerIdentifier(String identifier) {
        return new SignerSelector(
                "the signer with that identifier",
                signer -> signer.manifest()
                        .signerIdentifier()
                        .filter(identifier::equals)
                        .isPresent());
    }

    /** Selects the signer notified at this e-mail address. */
    public static SignerSelector email(String address) {
        return new SignerSelector(
                "the signer with that e-mail address",
                signer -> signer.manifest()
                        .email()
                        .filter(address::equalsIgnoreCase)
                        .isPresent());
    }

    /** Selects the signer notified at this mobile number, exactly as the sender wrote it. */
    public static SignerSelector mobileNumber(String number) {
        return new SignerSelector(
                "the signer with that mobile number",
                signer ->
                        signer.manifest().mobileNumber().filter(number::equals).isPresent());
    }

    boolean selects(SignatureJob.Signer signer) {
        return selected.test(signer);
    }

    /** Returns the kind of selector, without the identifier. */
    @Override
    public String toString() {
        return description;
    }
}
