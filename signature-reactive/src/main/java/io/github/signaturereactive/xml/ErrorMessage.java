package io.github.signaturereactive.xml;

import org.jspecify.annotations.Nullable;

/**
 * An error message of the service: the element {@code error}.
 *
 * @param code the {@code error-code}, such as {@code BROKER_NOT_AUTHORIZED}, or null if it is absent or blank
 * @param message the {@code error-message}, which is a text for humans, or null if it is absent or blank
 * @param type the {@code error-type}, such as {@code CLIENT}, or null if it is absent or blank
 */
public record ErrorMessage(
        @Nullable String code,
        @Nullable String message,
        @Nullable String type) {}
