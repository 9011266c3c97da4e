package io.github.signaturereactive.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.StatusRetrievalMethod;
import io.github.signaturereactive.job.Sender;
import org.jspecify.annotations.Nullable;

/** The element {@code direct-signature-job-request}. It has no {@code polling-queue} for the default queue. */
@JsonRootName(value = "direct-signature-job-request", namespace = Xml.NAMESPACE)
record DirectJobRequest(
        @JsonProperty(namespace = Xml.NAMESPACE) @Nullable String reference,
        @JsonProperty(namespace = Xml.NAMESPACE) ExitUrlsElement exitUrls,
        @JsonProperty(namespace = Xml.NAMESPACE) @Nullable StatusRetrievalMethod statusRetrievalMethod,
        @JsonProperty(namespace = Xml.NAMESPACE) @Nullable String pollingQueue) {

    static DirectJobRequest of(DirectJob job, Sender sender) {
        return new DirectJobRequest(
                job.reference(),
                new ExitUrlsElement(
                        job.exitUrls().completionUrl().toString(),
                        job.exitUrls().rejectionUrl().toString(),
                        job.exitUrls().errorUrl().toString()),
                job.statusRetrievalMethod(),
                sender.pollingQueue().isDefault() ? null : sender.pollingQueue().name());
    }

    record ExitUrlsElement(
            @JsonProperty(namespace = Xml.NAMESPACE) String completionUrl,
            @JsonProperty(namespace = Xml.NAMESPACE) String rejectionUrl,
            @JsonProperty(namespace = Xml.NAMESPACE) String errorUrl) {

        /** Returns a text without the URLs, which may have personal data in them. */
        @Override
        public String toString() {
            return "ExitUrls";
        }
    }
}
