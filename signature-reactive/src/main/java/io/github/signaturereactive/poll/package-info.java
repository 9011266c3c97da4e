/**
 * Polling of status changes: the times of polls, processing, confirmation after processing, and retries. Start with
 * {@link io.github.signaturereactive.poll.StatusChanges}.
 */
@NullMarked
package io.github.signaturereactive.poll;

import org.jspecify.annotations.NullMarked;
