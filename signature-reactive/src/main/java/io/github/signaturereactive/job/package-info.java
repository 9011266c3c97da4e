/**
 * Values and errors that the direct and the portal flow share: documents, senders, references, options and exceptions.
 * The types perform no I/O.
 */
@NullMarked
package io.github.signaturereactive.job;

import org.jspecify.annotations.NullMarked;
