package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.Field;
import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.SignatureType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A signer of a direct job. */
public final class DirectSigner {

    private final String identifier;
    private final boolean identifiedByPersonalIdentificationNumber;
    private final @Nullable SignatureType signatureType;
    private final @Nullable OnBehalfOf onBehalfOf;

    private DirectSigner(Builder builder) {
        this.identifier = builder.identifier;
        this.identifiedByPersonalIdentificationNumber = builder.identifiedByPersonalIdentificationNumber;
        this.signatureType = builder.signatureType;
        this.onBehalfOf = builder.onBehalfOf;
    }

    /**
     * A signer known by personal identification number.
     *
     * @param number eleven digits
     */
    public static Builder withPersonalIdentificationNumber(String number) {
        return new Builder(Field.personalIdentificationNumber("personal identification number", number), true);
    }

    /**
     * A signer known by an identifier of the sender's own making. Whoever is sent to the service as this signer may sign, and
     * the sender answers for its being the right one.
     *
     * @param identifier 1 to 80 characters, not blank, that no other signer of the job has; blanks around it do not count
     */
    public static Builder withCustomIdentifier(String identifier) {
        return new Builder(Field.text("custom identifier", identifier, 80), false);
    }

    /** What identifies the signer within the job: the number, or the sender's own identifier. */
    public String identifier() {
        return identifier;
    }

    /** Whether the signer is known by personal identification number. */
    public boolean isIdentifiedByPersonalIdentificationNumber() {
        return identifiedByPersonalIdentificationNumber;
    }

    /** The personal identification number, or null if the signer is known by an identifier of the sender's own. */
    public @Nullable String personalIdentificationNumber() {
        return identifiedByPersonalIdentificationNumber ? identifier : null;
    }

    /** The sender's own identifier, or null if the signer is known by personal identification number. */
    public @Nullable String customIdentifier() {
        return identifiedByPersonalIdentificationNumber ? null : identifier;
    }

    /** The kind of signature, or null for the service's default. */
    public @Nullable SignatureType signatureType() {
        return signatureType;
    }

    /** In whose name the signer signs, or null for the service's default. */
    public @Nullable OnBehalfOf onBehalfOf() {
        return onBehalfOf;
    }

    /** Tells how the signer is identified, not by what. */
    @Override
    public String toString() {
        return identifiedByPersonalIdentificationNumber
                ? "DirectSigner[personal identification number]"
                : "DirectSigner[custom identifier]";
    }

    /** Builds a signer. */
    public static final class Builder {

        private final String identifier;
        private final boolean identifiedByPersonalIdentificationNumber;
        private @Nullable SignatureType signatureType;
        private @Nullable OnBehalfOf onBehalfOf;

        private Builder(String identifier, boolean identifiedByPersonalIdentificationNumber) {
            this.identifier = identifier;
            this.identifiedByPersonalIdentificationNumber = identifiedByPersonalIdentificationNumber;
        }

        /**
         * Configure the kind of signature. Defaults to the service's default, which depends on the organization:
         * authenticated for public ones, advanced for private ones (which have no other).
         */
        public Builder withSignatureType(SignatureType type) {
            this.signatureType = Objects.requireNonNull(type, "type");
            return this;
        }

        /** Configure in whose name the signer signs. Defaults to the service's default. */
        public Builder onBehalfOf(OnBehalfOf onBehalfOf) {
            this.onBehalfOf = Objects.requireNonNull(onBehalfOf, "onBehalfOf");
            return this;
        }

        /** The signer. */
        public DirectSigner build() {
            return new DirectSigner(this);
        }
    }
}
