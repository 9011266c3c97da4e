/**
 * <<<<<<< HEAD
 * Polling of status changes: the times of polls, processing, confirmation after processing, and retries. Start with
 * {@link io.github.signaturereactive.poll.StatusChanges}.
 * =======
 * Polling of the queues of status changes: permitted times, backoff, processing and confirmation. {@link
 * io.github.signaturereactive.poll.StatusChanges} is the entry point for applications.
 * >>>>>>> e5
 */
@NullMarked
package io.github.signaturereactive.poll;

import org.jspecify.annotations.NullMarked;
