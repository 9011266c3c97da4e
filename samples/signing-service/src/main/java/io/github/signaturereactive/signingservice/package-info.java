/**
 * A stand-in for Posten signering, in memory, for tests and for trying things out: {@link
 * io.github.signaturereactive.signingservice.SigningService} over mutual TLS, with a control API that plays the signers.
 */
@NullMarked
package io.github.signaturereactive.signingservice;

import org.jspecify.annotations.NullMarked;
