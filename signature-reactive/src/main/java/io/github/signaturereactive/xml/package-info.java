/**
 * Values to XML and back. Internal: may change in any release. Used from outside are {@link
 * io.github.signaturereactive.xml.Messages} and what its methods return and throw.
 */
@NullMarked
package io.github.signaturereactive.xml;

import org.jspecify.annotations.NullMarked;
