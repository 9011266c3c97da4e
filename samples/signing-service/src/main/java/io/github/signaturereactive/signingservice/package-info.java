/**
 * An in-memory stand-in for Posten signering, for tests and for trying out clients. {@link
 * io.github.signaturereactive.signingservice.SigningService} supports mutual TLS and has a control API that simulates
 * the signers.
 */
@NullMarked
package io.github.signaturereactive.signingservice;

import org.jspecify.annotations.NullMarked;
