/**
 * A reactive, non-blocking client for Posten signering: the doors. Start with
 * {@link io.github.signaturereactive.SignatureClient}.
 */
@NullMarked
package io.github.signaturereactive;

import org.jspecify.annotations.NullMarked;
