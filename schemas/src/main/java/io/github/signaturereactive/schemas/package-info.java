/** The published XML schemas of Posten signering, compiled; and an example of every message they describe. */
@NullMarked
package io.github.signaturereactive.schemas;

import org.jspecify.annotations.NullMarked;
