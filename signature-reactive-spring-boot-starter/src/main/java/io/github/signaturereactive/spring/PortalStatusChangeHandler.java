package io.github.signaturereactive.spring;

import io.github.signaturereactive.portal.PortalJobStatusChanged;

/**
 * A handler of status changes of portal jobs, to be declared as a bean. Its queue is polled while the application runs:
 *
 * <pre>{@code
 * @Bean
 * PortalStatusChangeHandler statusChanges(PortalClient portal, Contracts contracts) {
 *     return change -> Mono.justOrEmpty(change.pAdESUrl())
 *             .flatMap(url -> portal.getPAdES(url).saveTo(contracts.file(change.signatureJobId())))
 *             .then(contracts.update(change.signatureJobId(), change.status()));
 * }
 * }</pre>
 *
 * <p>Two portal handlers of one queue prevent startup with an {@link UnusableStatusChangeHandlersException}, because each would receive
 * only some of the changes.
 */
@FunctionalInterface
public interface PortalStatusChangeHandler extends StatusChangeHandler<PortalJobStatusChanged> {}
