package io.github.signaturereactive.portal;

/**
 * Notifications to the addresses of the signer in the Norwegian contact and reservation register (KRR). For public
 * organizations only. XSD type {@code notifications-using-lookup}.
 */
public enum NotificationsUsingLookup {
    /** Notifications by e-mail. */
    EMAIL_ONLY,
    /** Notifications by e-mail and SMS. */
    EMAIL_AND_SMS
}
