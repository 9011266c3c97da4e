package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.Field;
import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.SignatureType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A signer of a direct job. XSD type {@code direct-signer}. */
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
     * Creates a builder of a signer identified by personal identification number.
     *
     * @param number eleven digits
     * @return the builder
     * @throws IllegalArgumentException if the number is not eleven digits
     */
    public static Builder withPersonalIdentificationNumber(String number) {
        return new Builder(Field.personalIdentificationNumber("personal identification number", number), true);
    }

    /**
     * Creates a builder of a signer identified by a custom identifier, element {@code signer-identifier}. The service
     * accepts any person who is redirected as this signer. The sender is responsible for redirecting the right person.
     *
     * @param identifier 1 to 80 characters, not blank, unique within the job; leading and trailing blanks are ignored
     *     in comparisons
     * @return the builder
     * @throws IllegalArgumentException if the identifier is blank, too long, or contains a character that XML does not
     *     allow
     */
    public static Builder withCustomIdentifier(String identifier) {
        return new Builder(Field.text("custom identifier", identifier, 80), false);
    }

    /** {@return the personal identification number or the custom identifier} */
    public String identifier() {
        return identifier;
    }

    /** {@return whether the signer is identified by personal identification number} */
    public boolean isIdentifiedByPersonalIdentificationNumber() {
        return identifiedByPersonalIdentificationNumber;
    }

    /** {@return the personal identification number, or null for a custom identifier} */
    public @Nullable String personalIdentificationNumber() {
        return identifiedByPersonalIdentificationNumber ? identifier : null;
    }

    /** {@return the custom identifier, or null for a personal identification number} */
    public @Nullable String customIdentifier() {
        return identifiedByPersonalIdentificationNumber ? null : identifier;
    }

    /** {@return the signature type, or null for the service's default} */
    public @Nullable SignatureType signatureType() {
        return signatureType;
    }

    /** {@return the party on whose behalf the signer signs, or null for the service's default} */
    public @Nullable OnBehalfOf onBehalfOf() {
        return onBehalfOf;
    }

    /** {@return the kind of identifier, without its value} */
    @Override
    public String toString() {
        return identifiedByPersonalIdentificationNumber
                ? "DirectSigner[personal identification number]"
                : "DirectSigner[custom identifier]";
    }

    /** A builder of {@link DirectSigner}. */
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
         * Configures the signature type. Defaults to the service's default: authenticated for public organizations,
         * advanced for private ones. Private organizations can use advanced signatures only. Element {@code
         * signature-type} of the manifest.
         *
         * @param type the type
         * @return this builder
         */
        public Builder withSignatureType(SignatureType type) {
            this.signatureType = Objects.requireNonNull(type, "type");
            return this;
        }

        /**
         * Configures the party on whose behalf the signer signs. Defaults to the service's default, {@link
         * OnBehalfOf#SELF}. Element {@code on-behalf-of} of the manifest.
         *
         * @param onBehalfOf the party
         * @return this builder
         */
        public Builder onBehalfOf(OnBehalfOf onBehalfOf) {
            this.onBehalfOf = Objects.requireNonNull(onBehalfOf, "onBehalfOf");
            return this;
        }

        /**
         * Builds the signer.
         *
         * @return the signer
         */
        public DirectSigner build() {
            return new DirectSigner(this);
        }
    }
}
