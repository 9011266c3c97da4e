package io.github.signaturereactive.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;

/** The element {@code direct-signer-update-request}, which asks for a new value of what is present in it. */
@JsonRootName(value = "direct-signer-update-request", namespace = Xml.NAMESPACE)
record DirectSignerUpdateRequest(
        @JsonProperty(namespace = Xml.NAMESPACE) Present redirectUrl) {}
