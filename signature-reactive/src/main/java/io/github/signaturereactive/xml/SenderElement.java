package io.github.signaturereactive.xml;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The element {@code sender} of manifests. */
record SenderElement(
        @JsonProperty(namespace = Xml.NAMESPACE) String organizationNumber) {}
