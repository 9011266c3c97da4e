/** A command-line program that creates one portal signature job and saves the signed document. */
@NullMarked
package io.github.signaturereactive.quickstart;

import org.jspecify.annotations.NullMarked;
