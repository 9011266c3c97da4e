package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.SignatureType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A signer of a portal job, with identifier and notifications. XSD type {@code portal-signer}. */
public final class PortalSigner {

    private final SignerIdentifier identifier;
    private final @Nullable Notifications notifications;
    private final @Nullable NotificationsUsingLookup notificationsUsingLookup;
    private final @Nullable Integer order;
    private final @Nullable SignatureType signatureType;
    private final @Nullable OnBehalfOf onBehalfOf;

    private PortalSigner(Builder builder) {
        this.identifier = builder.identifier;
        this.notifications = builder.notifications;
        this.notificationsUsingLookup = builder.notificationsUsingLookup;
        this.order = builder.order;
        this.signatureType = builder.signatureType;
        this.onBehalfOf = builder.onBehalfOf;
    }

    /**
     * Creates a builder of a signer identified by personal identification number and notified at the given addresses.
     *
     * @param personalIdentificationNumber eleven digits
     * @param notifications the addresses
     * @return the builder
     * @throws IllegalArgumentException if the number is not eleven digits
     */
    public static Builder identifiedByPersonalIdentificationNumber(
            String personalIdentificationNumber, Notifications notifications) {
        return new Builder(
                new SignerIdentifier.PersonalIdentificationNumber(personalIdentificationNumber),
                Objects.requireNonNull(notifications, "notifications"),
                null);
    }

    /**
     * Creates a builder of a signer identified by personal identification number and notified at the addresses in the
     * contact and reservation register (KRR). For public organizations only.
     *
     * @param personalIdentificationNumber eleven digits
     * @param notifications the channels
     * @return the builder
     * @throws IllegalArgumentException if the number is not eleven digits
     */
    public static Builder identifiedByPersonalIdentificationNumber(
            String personalIdentificationNumber, NotificationsUsingLookup notifications) {
        return new Builder(
                new SignerIdentifier.PersonalIdentificationNumber(personalIdentificationNumber),
                null,
                Objects.requireNonNull(notifications, "notifications"));
    }

    /**
     * Creates a builder of a signer identified by e-mail address and notified by e-mail.
     *
     * @param emailAddress the e-mail address, 1 to 320 characters, not blank; the format is not validated
     * @return the builder
     * @throws IllegalArgumentException if the address is blank, too long, or contains a character that XML does not
     *     allow
     */
    public static Builder identifiedByEmail(String emailAddress) {
        return identifiedByContactInformation(
                Notifications.builder().withEmailTo(emailAddress).build());
    }

    /**
     * Creates a builder of a signer identified by mobile number and notified by SMS.
     *
     * @param mobileNumber the mobile number, eight digits or with country code such as {@code +47}, 1 to 30 characters,
     *     not blank; the format is not validated
     * @return the builder
     * @throws IllegalArgumentException if the number is blank, too long, or contains a character that XML does not
     *     allow
     */
    public static Builder identifiedByMobileNumber(String mobileNumber) {
        return identifiedByContactInformation(
                Notifications.builder().withSmsTo(mobileNumber).build());
    }

    /**
     * Creates a builder of a signer identified by e-mail address and mobile number, and notified by e-mail and SMS.
     *
     * @param emailAddress the e-mail address, 1 to 320 characters, not blank; the format is not validated
     * @param mobileNumber the mobile number, eight digits or with country code such as {@code +47}, 1 to 30 characters,
     *     not blank; the format is not validated
     * @return the builder
     * @throws IllegalArgumentException if an address is blank, too long, or contains a character that XML does not
     *     allow
     */
    public static Builder identifiedByEmailAndMobileNumber(String emailAddress, String mobileNumber) {
        return identifiedByContactInformation(Notifications.builder()
                .withEmailTo(emailAddress)
                .withSmsTo(mobileNumber)
                .build());
    }

    private static Builder identifiedByContactInformation(Notifications notifications) {
        return new Builder(
                new SignerIdentifier.ContactInformation(notifications.emailAddress(), notifications.mobileNumber()),
                notifications,
                null);
    }

    /** {@return the identifier of the signer} */
    public SignerIdentifier identifier() {
        return identifier;
    }

    /** {@return the addresses for notifications, or null if they are looked up} */
    public @Nullable Notifications notifications() {
        return notifications;
    }

    /** {@return the channels for which addresses are looked up, or null if addresses are given} */
    public @Nullable NotificationsUsingLookup notificationsUsingLookup() {
        return notificationsUsingLookup;
    }

    /** {@return the position in the signing order, or null for the service's default, 0} */
    public @Nullable Integer order() {
        return order;
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
        return "PortalSigner[" + identifier + "]";
    }

    /** A builder of {@link PortalSigner}. */
    public static final class Builder {

        private final SignerIdentifier identifier;
        private final @Nullable Notifications notifications;
        private final @Nullable NotificationsUsingLookup notificationsUsingLookup;
        private @Nullable Integer order;
        private @Nullable SignatureType signatureType;
        private @Nullable OnBehalfOf onBehalfOf;

        private Builder(
                SignerIdentifier identifier,
                @Nullable Notifications notifications,
                @Nullable NotificationsUsingLookup notificationsUsingLookup) {
            this.identifier = identifier;
            this.notifications = notifications;
            this.notificationsUsingLookup = notificationsUsingLookup;
        }

        /**
         * Configures the position in the signing order. Defaults to the service's default, 0. Signers with a lower
         * position sign first, and signers with the same position sign in parallel. Attribute {@code order} of the
         * manifest's element {@code signer}.
         *
         * @param order 0 to 9
         * @return this builder
         * @throws IllegalArgumentException if the order is not 0 to 9
         */
        public Builder withOrder(int order) {
            if (order < 0 || order > 9) {
                throw new IllegalArgumentException("order must be 0 to 9, but was " + order);
            }
            this.order = order;
            return this;
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
         * Configures the party on whose behalf the signer signs. Defaults to the service's default. Element {@code
         * on-behalf-of} of the manifest.
         *
         * @param onBehalfOf the party; {@link OnBehalfOf#OTHER} cannot be combined with {@link
         *     NotificationsUsingLookup}
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
         * @throws IllegalArgumentException if {@link OnBehalfOf#OTHER} is combined with {@link
         *     NotificationsUsingLookup}
         */
        public PortalSigner build() {
            if (onBehalfOf == OnBehalfOf.OTHER && notificationsUsingLookup != null) {
                throw new IllegalArgumentException(
                        "onBehalfOf OTHER cannot be combined with notifications using lookup; use Notifications with addresses"
                                + " instead");
            }
            return new PortalSigner(this);
        }
    }
}
