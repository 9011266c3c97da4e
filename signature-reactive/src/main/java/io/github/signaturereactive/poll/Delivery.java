package io.github.signaturereactive.poll;

/**
 * How a change reached its processing.
 *
 * @param redelivered whether this process has processed the change before and only its confirmation failed: it need not be
 *     processed again. False says nothing of other processes, nor of this one before a restart
 */
public record Delivery(boolean redelivered) {}
