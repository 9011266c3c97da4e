package io.github.signaturereactive.xml;

import org.jspecify.annotations.Nullable;

/**
 * An error message of the service.
 *
 * @param code the error code, such as {@code BROKER_NOT_AUTHORIZED}, or null if it was left out
 * @param message what is wrong, in the service's words, or null if it was left out
 * @param type whose fault it is, such as {@code CLIENT}, or null if it was left out
 */
public record ErrorMessage(
        @Nullable String code,
        @Nullable String message,
        @Nullable String type) {}
