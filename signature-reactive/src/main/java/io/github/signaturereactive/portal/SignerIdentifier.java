package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.Field;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The identifier of a signer of a portal job. {@code toString()} does not contain personal data. */
public sealed interface SignerIdentifier {

    /**
     * Returns the identifier of a signer identified by personal identification number.
     *
     * @param number eleven digits
     * @return the identifier
     * @throws IllegalArgumentException if the number is not eleven digits
     */
    static SignerIdentifier identifiedByPersonalIdentificationNumber(String number) {
        return new PersonalIdentificationNumber(number);
    }

    /**
     * Returns the identifier of a signer identified by e-mail address only.
     *
     * @param emailAddress the e-mail address, as in the job
     * @return the identifier
     */
    static SignerIdentifier identifiedByEmailAddress(String emailAddress) {
        return new ContactInformation(Objects.requireNonNull(emailAddress, "emailAddress"), null);
    }

    /**
     * Returns the identifier of a signer identified by mobile number only.
     *
     * @param mobileNumber the mobile number, as in the job
     * @return the identifier
     */
    static SignerIdentifier identifiedByMobileNumber(String mobileNumber) {
        return new ContactInformation(null, Objects.requireNonNull(mobileNumber, "mobileNumber"));
    }

    /**
     * Returns the identifier of a signer identified by e-mail address and mobile number.
     *
     * @param emailAddress the e-mail address, as in the job
     * @param mobileNumber the mobile number, as in the job
     * @return the identifier
     */
    static SignerIdentifier identifiedByEmailAddressAndMobileNumber(String emailAddress, String mobileNumber) {
        return new ContactInformation(
                Objects.requireNonNull(emailAddress, "emailAddress"),
                Objects.requireNonNull(mobileNumber, "mobileNumber"));
    }

    /**
     * Returns the identifier in normalized form, for comparisons. E-mail addresses are stripped and in lower case.
     * Mobile numbers are without blanks and punctuation, and Norwegian ones without country code.
     *
     * @return the normalized identifier
     */
    default SignerIdentifier normalized() {
        return this;
    }

    /**
     * A personal identification number.
     *
     * @param value eleven digits
     */
    record PersonalIdentificationNumber(String value) implements SignerIdentifier {

        /**
         * Creates the identifier.
         *
         * @param value eleven digits
         * @throws IllegalArgumentException if the value is not eleven digits
         */
        public PersonalIdentificationNumber {
            value = Field.personalIdentificationNumber("personal identification number", value);
        }

        @Override
        public String toString() {
            return "PersonalIdentificationNumber[***********]";
        }
    }

    /**
     * An e-mail address, a mobile number, or both.
     *
     * @param emailAddress the e-mail address, or null
     * @param mobileNumber the mobile number, or null
     */
    record ContactInformation(
            @Nullable String emailAddress, @Nullable String mobileNumber) implements SignerIdentifier {

        /**
         * Creates the identifier.
         *
         * @param emailAddress the e-mail address, or null
         * @param mobileNumber the mobile number, or null
         * @throws IllegalArgumentException if both are null
         */
        public ContactInformation {
            if (emailAddress == null && mobileNumber == null) {
                throw new IllegalArgumentException(
                        "contact information must have an e-mail address, a mobile number, or both, but has neither");
            }
        }

        @Override
        public SignerIdentifier normalized() {
            return new ContactInformation(
                    emailAddress == null ? null : emailAddress.strip().toLowerCase(Locale.ROOT),
                    mobileNumber == null ? null : normalized(mobileNumber));
        }

        /** Returns {@code 99887766} for {@code +47 998 87 766}, {@code 0047 99887766} and {@code 998-87-766}. */
        private static String normalized(String mobileNumber) {
            return mobileNumber
                    .replaceAll("[\\s\\h().\\-]", "")
                    .replaceFirst("^00", "+")
                    .replaceFirst("^\\+47(?=[0-9]{8}$)", "");
        }

        @Override
        public String toString() {
            return "ContactInformation[" + (emailAddress == null ? "" : "e-mail")
                    + (emailAddress == null || mobileNumber == null ? "" : ", ")
                    + (mobileNumber == null ? "" : "mobile number") + "]";
        }
    }

    /** An identifier that the response does not contain, or that this library cannot read. */
    record Unknown() implements SignerIdentifier {}
}
