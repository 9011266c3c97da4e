/**
 * A reactive client for the API of Posten signering. Start with {@link io.github.signaturereactive.SignatureClient}.
 */
@NullMarked
package io.github.signaturereactive;

import org.jspecify.annotations.NullMarked;
