/** The signing pages for signers' browsers. */
@NullMarked
package io.github.signaturereactive.signingservice.pages;

import org.jspecify.annotations.NullMarked;
