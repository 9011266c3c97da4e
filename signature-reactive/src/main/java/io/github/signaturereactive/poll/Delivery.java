package io.github.signaturereactive.poll;

/**
 * The delivery of a change, as known when processing is called.
 *
 * @param redelivered whether this process has processed another delivery of the change without confirming it, so that
 *     the change need not be processed again. If false, another process may have processed the change, or this
 *     process before a restart
 */
public record Delivery(boolean redelivered) {}
