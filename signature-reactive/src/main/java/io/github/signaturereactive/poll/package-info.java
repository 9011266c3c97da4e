/**
 * Polling of the queues of status changes: permitted times, backoff, processing and confirmation. {@link
 * io.github.signaturereactive.poll.StatusChanges} is the entry point for applications.
 */
@NullMarked
package io.github.signaturereactive.poll;

import org.jspecify.annotations.NullMarked;
