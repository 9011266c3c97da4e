package io.github.signaturereactive.spring;

import io.github.signaturereactive.direct.DirectJobStatusResponse;

/**
 * Handles status changes of direct jobs that were created to be polled, see
 * {@link io.github.signaturereactive.direct.StatusRetrievalMethod#POLLING}. Declared as a bean, it is polled for as long as the
 * application runs. Two handlers of one queue are refused at start-up: they would take each other's changes.
 */
@FunctionalInterface
public interface DirectStatusChangeHandler extends StatusChangeHandler<DirectJobStatusResponse> {}
