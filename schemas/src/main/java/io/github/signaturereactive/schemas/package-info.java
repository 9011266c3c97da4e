/** Validators for the published XML schemas of Posten signering, and an example of each message. */
@NullMarked
package io.github.signaturereactive.schemas;

import org.jspecify.annotations.NullMarked;
