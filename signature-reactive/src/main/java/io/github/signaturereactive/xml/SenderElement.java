package io.github.signaturereactive.xml;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who sends a job, as manifests have it. */
record SenderElement(
        @JsonProperty(namespace = Xml.NAMESPACE) String organizationNumber) {}
