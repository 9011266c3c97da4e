package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.portal.SignerIdentifier;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A signer of a job.
 *
 * @param identifier a personal identification number, an e-mail address or a mobile number, normalized for comparison
 *     with the responses of the service
 * @param status the signer status from the service
 */
record Signer(String identifier, String status) {

    /** The status before the first response of the service. */
    static final String WAITING = "WAITING";

    private static final int LONGEST = 320;
    private static final Pattern PERSONAL_IDENTIFICATION_NUMBER = Pattern.compile("[0-9]{11}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+\\.[^@\\s\\p{Cntrl}]+");
    private static final Pattern MOBILE = Pattern.compile("\\+?[0-9]{8,15}");

    /** Returns the identifier for the input of a user; empty if the input is not an identifier. */
    static Optional<SignerIdentifier> identifiedBy(String typed) {
        String compact = typed.replaceAll("[\\s\\-]", "");
        if (PERSONAL_IDENTIFICATION_NUMBER.matcher(compact).matches()) {
            return Optional.of(SignerIdentifier.identifiedByPersonalIdentificationNumber(compact));
        }
        if (typed.length() <= LONGEST && EMAIL.matcher(typed.strip()).matches()) {
            return Optional.of(
                    SignerIdentifier.identifiedByEmailAddress(typed.strip()).normalized());
        }
        return MOBILE.matcher(compact).matches()
                ? Optional.of(SignerIdentifier.identifiedByMobileNumber(compact).normalized())
                : Optional.empty();
    }

    /** Returns the normalized text of an identifier; empty if the identifier has none. */
    static String text(SignerIdentifier identifier) {
        if (identifier.normalized() instanceof SignerIdentifier.PersonalIdentificationNumber number) {
            return number.value();
        }
        if (identifier.normalized() instanceof SignerIdentifier.ContactInformation contact) {
            return contact.emailAddress() != null ? contact.emailAddress() : String.valueOf(contact.mobileNumber());
        }
        return "";
    }

    /** Returns the signer for pages, abbreviated. */
    public String label() {
        int at = identifier.indexOf('@');
        if (at >= 0) {
            return identifier.charAt(0) + "•••" + identifier.substring(at);
        }
        return identifier.length() == 11 && identifier.charAt(0) != '+'
                ? "Personal number " + identifier.substring(0, 6) + " •••••"
                : "Mobile ••••• " + identifier.substring(Math.max(0, identifier.length() - 3));
    }

    /** Returns the text of the status for pages. */
    public String statusLabel() {
        return switch (status) {
            case WAITING -> "Has not signed yet";
            case "SIGNED" -> "Has signed";
            case "REJECTED" -> "Rejected";
            case "EXPIRED" -> "Did not sign in time";
            case "CANCELLED" -> "Cancelled";
            case "FAILED" -> "Could not sign";
            case "RESERVED" -> "Opted out of digital communication";
            case "CONTACT_INFORMATION_MISSING" -> "Could not be reached";
            case "BLOCKED" -> "Blocked: too many wrong codes";
            case "SIGNERS_NAME_NOT_AVAILABLE" -> "Name not available";
            case "NOT_APPLICABLE" -> "No longer needed";
            default -> status.toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** Returns the colour of the status for pages: {@code busy}, {@code good}, {@code bad} or {@code none}. */
    public String tone() {
        return switch (status) {
            case WAITING -> "busy";
            case "SIGNED" -> "good";
            case "NOT_APPLICABLE" -> "none";
            default -> "bad";
        };
    }

    /** Omits the identifier, which is personal data. */
    @Override
    public String toString() {
        return "Signer[" + status + "]";
    }
}
