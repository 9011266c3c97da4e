package io.github.signaturereactive.poll;

/**
 * Information about the delivery of a change, as of the call of processing.
 *
 * @param redelivered whether this process has processed another delivery of the change and only the confirmation failed, so that the
 *     change need not be processed again. If false, another process may have processed it, or this one before a restart
 */
public record Delivery(boolean redelivered) {}
