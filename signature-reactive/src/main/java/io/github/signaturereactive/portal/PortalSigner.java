package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.SignatureType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A signer of a portal job: who it is, and how the signer is notified. */
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
     * A signer known by personal identification number and notified at the given addresses.
     *
     * @param personalIdentificationNumber eleven digits
     * @param notifications the addresses
     */
    public static Builder identifiedByPersonalIdentificationNumber(
            String personalIdentificationNumber, Notifications notifications) {
        return new Builder(
                new SignerIdentifier.PersonalIdentificationNumber(personalIdentificationNumber),
                Objects.requireNonNull(notifications, "notifications"),
                null);
    }

    /**
     * A signer known by personal identification number and notified at the addresses in the contact and reservation
     * register. For public organizations.
     *
     * @param personalIdentificationNumber eleven digits
     * @param notifications the channels
     */
    public static Builder identifiedByPersonalIdentificationNumber(
            String personalIdentificationNumber, NotificationsUsingLookup notifications) {
        return new Builder(
                new SignerIdentifier.PersonalIdentificationNumber(personalIdentificationNumber),
                null,
                Objects.requireNonNull(notifications, "notifications"));
    }

    /** A signer known by e-mail address, and notified there. */
    public static Builder identifiedByEmail(String emailAddress) {
        return identifiedByContactInformation(
                Notifications.builder().withEmailTo(emailAddress).build());
    }

    /** A signer known by mobile number, and notified there. */
    public static Builder identifiedByMobileNumber(String mobileNumber) {
        return identifiedByContactInformation(
                Notifications.builder().withSmsTo(mobileNumber).build());
    }

    /** A signer known by e-mail address and mobile number, and notified at both. */
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

    /** Who the signer is. */
    public SignerIdentifier identifier() {
        return identifier;
    }

    /** Where the signer is notified, or null if the addresses are looked up. */
    public @Nullable Notifications notifications() {
        return notifications;
    }

    /** The channels for which addresses are looked up, or null if the addresses are given. */
    public @Nullable NotificationsUsingLookup notificationsUsingLookup() {
        return notificationsUsingLookup;
    }

    /** The place in the order of signing, or null for the service's default, 0. */
    public @Nullable Integer order() {
        return order;
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
        return "PortalSigner[" + identifier + "]";
    }

    /** Builds a signer. */
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
         * Configure the place in the order of signing: lower numbers sign first, equal numbers at the same time. Defaults
         * to the service's default, 0.
         *
         * @param order 0 to 9
         */
        public Builder withOrder(int order) {
            if (order < 0 || order > 9) {
                throw new IllegalArgumentException("order must be 0 to 9, but was " + order);
            }
            this.order = order;
            return this;
        }

        /**
         * Configure the kind of signature. Defaults to the service's default, which depends on the organization:
         * authenticated for public ones, advanced for private ones (which have no other).
         */
        public Builder withSignatureType(SignatureType type) {
            this.signatureType = Objects.requireNonNull(type, "type");
            return this;
        }

        /**
         * Configure in whose name the signer signs. Defaults to the service's default. {@link OnBehalfOf#OTHER} does not
         * go together with looked-up addresses.
         */
        public Builder onBehalfOf(OnBehalfOf onBehalfOf) {
            this.onBehalfOf = Objects.requireNonNull(onBehalfOf, "onBehalfOf");
            return this;
        }

        /**
         * The signer.
         *
         * @throws IllegalArgumentException if addresses are to be looked up for somebody who signs on behalf of another
         */
        public PortalSigner build() {
            if (onBehalfOf == OnBehalfOf.OTHER && notificationsUsingLookup != null) {
                throw new IllegalArgumentException(
                        "onBehalfOf: who signs on behalf of OTHER cannot be notified using lookup; give the addresses in"
                                + " Notifications instead");
            }
            return new PortalSigner(this);
        }
    }
}
