package io.github.signaturereactive.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;

/** The element {@code direct-signer-update-request}. The service responds with a new value for each element in it. */
@JsonRootName(value = "direct-signer-update-request", namespace = Xml.NAMESPACE)
record DirectSignerUpdateRequest(
        @JsonProperty(namespace = Xml.NAMESPACE) EmptyElement redirectUrl) {}
