package io.github.signaturereactive.spring;

import io.github.signaturereactive.direct.DirectJobStatusResponse;

/**
 * A handler of status changes of direct jobs, to be declared as a bean. Its queue is polled while the application runs. Applies to jobs
 * with {@link io.github.signaturereactive.direct.StatusRetrievalMethod#POLLING}.
 *
 * <p>Two direct handlers of one queue prevent startup with an {@link UnusableStatusChangeHandlersException}, because each would receive
 * only some of the changes.
 */
@FunctionalInterface
public interface DirectStatusChangeHandler extends StatusChangeHandler<DirectJobStatusResponse> {}
