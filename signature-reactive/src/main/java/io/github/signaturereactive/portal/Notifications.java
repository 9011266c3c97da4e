package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.Field;
import org.jspecify.annotations.Nullable;

/** Where a signer is notified: an e-mail address, a mobile number, or both. */
public final class Notifications {

    private final @Nullable String emailAddress;
    private final @Nullable String mobileNumber;

    private Notifications(Builder builder) {
        this.emailAddress = builder.emailAddress;
        this.mobileNumber = builder.mobileNumber;
    }

    /** Starts with nothing; at least one address is needed. */
    public static Builder builder() {
        return new Builder();
    }

    /** The e-mail address, or null. */
    public @Nullable String emailAddress() {
        return emailAddress;
    }

    /** The mobile number, or null. */
    public @Nullable String mobileNumber() {
        return mobileNumber;
    }

    /** Tells which channels there are, not the addresses. */
    @Override
    public String toString() {
        return "Notifications[" + (emailAddress == null ? "" : "e-mail")
                + (emailAddress == null || mobileNumber == null ? "" : ", ") + (mobileNumber == null ? "" : "SMS")
                + "]";
    }

    /** Builds notifications. */
    public static final class Builder {

        private @Nullable String emailAddress;
        private @Nullable String mobileNumber;

        private Builder() {}

        /** Configure the e-mail address. Defaults to none. */
        public Builder withEmailTo(String emailAddress) {
            this.emailAddress = Field.text("e-mail address", emailAddress, 320);
            return this;
        }

        /** Configure the mobile number, eight digits or with country code. Defaults to none. */
        public Builder withSmsTo(String mobileNumber) {
            this.mobileNumber = Field.text("mobile number", mobileNumber, 30);
            return this;
        }

        /**
         * The notifications.
         *
         * @throws IllegalArgumentException if there is neither an e-mail address nor a mobile number
         */
        public Notifications build() {
            if (emailAddress == null && mobileNumber == null) {
                throw new IllegalArgumentException(
                        "notifications: give an e-mail address, a mobile number, or both, but got neither");
            }
            return new Notifications(this);
        }
    }
}
