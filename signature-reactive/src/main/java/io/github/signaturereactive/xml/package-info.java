/**
 * Internal: writes and reads the XML messages of the service. Not part of the public API. May change in any release.
 *
 * <p>Other packages use {@link io.github.signaturereactive.xml.Messages}, {@link io.github.signaturereactive.xml.ErrorMessage}
 * and {@link io.github.signaturereactive.xml.UnreadableMessageException}.
 */
@NullMarked
package io.github.signaturereactive.xml;

import org.jspecify.annotations.NullMarked;
