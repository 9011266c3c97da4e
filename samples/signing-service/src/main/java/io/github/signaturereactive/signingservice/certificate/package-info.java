/** The certificate authorities, keys and certificates of the signing service, its clients and its signers. */
@NullMarked
package io.github.signaturereactive.signingservice.certificate;

import org.jspecify.annotations.NullMarked;
