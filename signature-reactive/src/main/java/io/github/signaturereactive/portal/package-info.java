/**
 * Requests and responses of the portal flow, in which the service notifies signers and signers sign in its portal.
 * The types perform no I/O.
 */
@NullMarked
package io.github.signaturereactive.portal;

import org.jspecify.annotations.NullMarked;
