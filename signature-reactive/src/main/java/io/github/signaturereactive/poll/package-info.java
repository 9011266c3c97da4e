/**
 * Polling of status changes: permitted times, backoff, processing, and confirmation after processing. Start with {@link
 * io.github.signaturereactive.poll.StatusChanges}.
 */
@NullMarked
package io.github.signaturereactive.poll;

import org.jspecify.annotations.NullMarked;
