/**
 * Internal: creates signed document bundles, which are ASiC-E containers (ETSI EN 319 162-1) with XAdES signatures. Not part of
 * the public API. May change in any release.
 *
 * <p>Other packages use {@link io.github.signaturereactive.asice.Bundle} and {@link io.github.signaturereactive.asice.Documents}.
 */
@NullMarked
package io.github.signaturereactive.asice;

import org.jspecify.annotations.NullMarked;
