package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.Field;
import org.jspecify.annotations.Nullable;

/** What identifies a signer of a portal job. Its text form is masked. */
public sealed interface SignerIdentifier {

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
        public String toString() {
            return "ContactInformation[" + (emailAddress == null ? "" : "e-mail")
                    + (emailAddress == null || mobileNumber == null ? "" : ", ")
                    + (mobileNumber == null ? "" : "mobile number") + "]";
        }
    }

    /** A signer whose identifier the service left out of its answer, or gave in a form unknown to this library. */
    record Unknown() implements SignerIdentifier {}
}
