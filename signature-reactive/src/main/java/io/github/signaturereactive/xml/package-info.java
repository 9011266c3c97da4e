/**
 * Internal: writes and reads the XML messages of the service. May change in any release. Other packages use {@link
 * io.github.signaturereactive.xml.Messages}, {@link io.github.signaturereactive.xml.ErrorMessage} and {@link
 * io.github.signaturereactive.xml.UnreadableMessageException}.
 */
@NullMarked
package io.github.signaturereactive.xml;

import org.jspecify.annotations.NullMarked;
