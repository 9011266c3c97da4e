package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.Field;
import org.jspecify.annotations.Nullable;

/**
 * The addresses to which the service sends notifications to a signer: an e-mail address, a mobile number, or both. XSD
 * type {@code notifications}.
 */
public final class Notifications {

    private final @Nullable String emailAddress;
    private final @Nullable String mobileNumber;

    private Notifications(Builder builder) {
        this.emailAddress = builder.emailAddress;
        this.mobileNumber = builder.mobileNumber;
    }

    /**
     * Creates a builder. At least one address must be configured.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the e-mail address, or null} */
    public @Nullable String emailAddress() {
        return emailAddress;
    }

    /** {@return the mobile number, or null} */
    public @Nullable String mobileNumber() {
        return mobileNumber;
    }

    /** {@return the channels, without the addresses} */
    @Override
    public String toString() {
        return "Notifications[" + (emailAddress == null ? "" : "e-mail")
                + (emailAddress == null || mobileNumber == null ? "" : ", ") + (mobileNumber == null ? "" : "SMS")
                + "]";
    }

    /** A builder of {@link Notifications}. */
    public static final class Builder {

        private @Nullable String emailAddress;
        private @Nullable String mobileNumber;

        private Builder() {}

        /**
         * Configures the e-mail address. Defaults to none. Element {@code email}.
         *
         * @param emailAddress the e-mail address, 1 to 320 characters, not blank; the format is not validated
         * @return this builder
         * @throws IllegalArgumentException if the address is blank, too long, or contains a character that XML does not
         *     allow
         */
        public Builder withEmailTo(String emailAddress) {
            this.emailAddress = Field.text("e-mail address", emailAddress, 320);
            return this;
        }

        /**
         * Configures the mobile number for SMS. Defaults to none. Element {@code sms}.
         *
         * @param mobileNumber the mobile number, eight digits or with country code such as {@code +47}, 1 to 30
         *     characters, not blank; the format is not validated
         * @return this builder
         * @throws IllegalArgumentException if the number is blank, too long, or contains a character that XML does not
         *     allow
         */
        public Builder withSmsTo(String mobileNumber) {
            this.mobileNumber = Field.text("mobile number", mobileNumber, 30);
            return this;
        }

        /**
         * Builds the notifications.
         *
         * @return the notifications
         * @throws IllegalArgumentException if there is neither an e-mail address nor a mobile number
         */
        public Notifications build() {
            if (emailAddress == null && mobileNumber == null) {
                throw new IllegalArgumentException(
                        "notifications must have an e-mail address, a mobile number, or both, but have neither");
            }
            return new Notifications(this);
        }
    }
}
