/** Document bundles and signatures: the verification of ASiC-E bundles, and the creation of XAdES and PAdES. */
@NullMarked
package io.github.signaturereactive.signingservice.signature;

import org.jspecify.annotations.NullMarked;
