package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.Field;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What identifies a signer of a portal job. Its text form is masked. */
public sealed interface SignerIdentifier {

    /**
     * The identifier of a signer known by personal identification number.
     *
     * @param number eleven digits
     */
    static SignerIdentifier identifiedByPersonalIdentificationNumber(String number) {
        return new PersonalIdentificationNumber(number);
    }

    /** The identifier of a signer known by e-mail address alone. */
    static SignerIdentifier identifiedByEmailAddress(String emailAddress) {
        return new ContactInformation(Objects.requireNonNull(emailAddress, "emailAddress"), null);
    }

    /** The identifier of a signer known by mobile number alone. */
    static SignerIdentifier identifiedByMobileNumber(String mobileNumber) {
        return new ContactInformation(null, Objects.requireNonNull(mobileNumber, "mobileNumber"));
    }

    /** The identifier of a signer known by e-mail address and mobile number. */
    static SignerIdentifier identifiedByEmailAddressAndMobileNumber(String emailAddress, String mobileNumber) {
        return new ContactInformation(
                Objects.requireNonNull(emailAddress, "emailAddress"),
                Objects.requireNonNull(mobileNumber, "mobileNumber"));
    }

    /**
     * The same identifier in the one form that stands for all ways of writing it: e-mail addresses in lower case, mobile
     * numbers without blanks and punctuation and, if Norwegian, without the country code.
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

        /** Checks that there are eleven digits. */
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

        /** Checks that there is one of them. */
        public ContactInformation {
            if (emailAddress == null && mobileNumber == null) {
                throw new IllegalArgumentException(
                        "contact information: give an e-mail address, a mobile number, or both, but got neither");
            }
        }

        @Override
        public SignerIdentifier normalized() {
            return new ContactInformation(
                    emailAddress == null ? null : emailAddress.strip().toLowerCase(Locale.ROOT),
                    mobileNumber == null ? null : normalized(mobileNumber));
        }

        /** Of {@code +47 998 87 766}, {@code 0047 99887766} and {@code 998-87-766}, {@code 99887766}. */
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

    /** A signer whose identifier the service left out of its answer, or gave in a form unknown to this library. */
    record Unknown() implements SignerIdentifier {}
}
