/** One portal signature job from its creation to the signed document: what the library's calls look like in a program. */
@NullMarked
package io.github.signaturereactive.quickstart;

import org.jspecify.annotations.NullMarked;
