/**
 * Values and errors that the direct and the portal flow share: documents, senders, references, options and exceptions.
 * The types perform no I/O.
 *
 * <p>{@link io.github.signaturereactive.job.Field} and {@link io.github.signaturereactive.job.Link} are internal: they are not part of
 * the public API and may change in any release.
 */
@NullMarked
package io.github.signaturereactive.job;

import org.jspecify.annotations.NullMarked;
