package io.github.signaturereactive.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.portal.PortalJob;
import org.jspecify.annotations.Nullable;

/** The element {@code portal-signature-job-request}. It has no {@code polling-queue} for the default queue. */
@JsonRootName(value = "portal-signature-job-request", namespace = Xml.NAMESPACE)
record PortalJobRequest(
        @JsonProperty(namespace = Xml.NAMESPACE) @Nullable String reference,
        @JsonProperty(namespace = Xml.NAMESPACE) @Nullable String pollingQueue) {

    static PortalJobRequest of(PortalJob job, Sender sender) {
        return new PortalJobRequest(
                job.reference(),
                sender.pollingQueue().isDefault() ? null : sender.pollingQueue().name());
    }
}
