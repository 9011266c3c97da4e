/** The simulation of signers, in Java and over HTTP. */
@NullMarked
package io.github.signaturereactive.signingservice.control;

import org.jspecify.annotations.NullMarked;
