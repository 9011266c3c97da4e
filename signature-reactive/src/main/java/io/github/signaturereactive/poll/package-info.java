/**
 * When: permitted times, what to do when it is too early, and confirmation after processing. Users meet
 * {@link io.github.signaturereactive.poll.StatusChanges} and what it takes and gives; the rest is internal.
 */
@NullMarked
package io.github.signaturereactive.poll;

import org.jspecify.annotations.NullMarked;
