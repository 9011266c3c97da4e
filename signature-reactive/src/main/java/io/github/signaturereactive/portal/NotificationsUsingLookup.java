package io.github.signaturereactive.portal;

/**
 * Notifications to the addresses that the signer has given to the Norwegian contact and reservation register. For
 * public organizations.
 */
public enum NotificationsUsingLookup {
    /** By e-mail. */
    EMAIL_ONLY,
    /** By e-mail and SMS. */
    EMAIL_AND_SMS
}
