package io.github.signaturereactive.spring;

import io.github.signaturereactive.portal.PortalJobStatusChanged;

/**
 * Handles status changes of portal jobs. Declared as a bean, it is polled for as long as the application runs:
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
 * <p>Two handlers of one queue are refused at start-up: they would take each other's changes.
 */
@FunctionalInterface
public interface PortalStatusChangeHandler extends StatusChangeHandler<PortalJobStatusChanged> {}
