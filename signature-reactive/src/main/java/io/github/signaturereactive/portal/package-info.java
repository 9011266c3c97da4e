/**
 * What is said and heard in the portal flow, where signers are notified and sign when they like. Values only.
 */
@NullMarked
package io.github.signaturereactive.portal;

import org.jspecify.annotations.NullMarked;
