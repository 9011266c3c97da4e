/**
 * Documents to a signed bundle (ASiC-E with XAdES), as a stream. Internal: may change in any release. Used from outside
 * is {@link io.github.signaturereactive.asice.Bundle}.
 */
@NullMarked
package io.github.signaturereactive.asice;

import org.jspecify.annotations.NullMarked;
