package io.github.signaturereactive.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.job.AuthenticationLevel;
import io.github.signaturereactive.job.IdentifierInSignedDocuments;
import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SignatureType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.xml.annotation.JacksonXmlElementWrapper;
import tools.jackson.dataformat.xml.annotation.JacksonXmlProperty;

/** The element {@code direct-signature-job-manifest}. Components are in the order of the schema. */
@JsonRootName(value = "direct-signature-job-manifest", namespace = Xml.NAMESPACE)
record DirectJobManifest(
        @JacksonXmlElementWrapper(useWrapping = false)
        @JacksonXmlProperty(localName = "signer", namespace = Xml.NAMESPACE)
        List<Signer> signers,

        @JsonProperty(namespace = Xml.NAMESPACE) SenderElement sender,
        @JsonProperty(namespace = Xml.NAMESPACE) String title,
        @JsonProperty(namespace = Xml.NAMESPACE) @Nullable String description,

        @JacksonXmlElementWrapper(localName = "documents", namespace = Xml.NAMESPACE)
        @JacksonXmlProperty(localName = "document", namespace = Xml.NAMESPACE)
        List<DocumentElement> documents,

        @JsonProperty(namespace = Xml.NAMESPACE) @Nullable String requiredAuthentication,
        @JsonProperty(namespace = Xml.NAMESPACE) @Nullable IdentifierInSignedDocuments identifierInSignedDocuments) {

    static DirectJobManifest of(DirectJob job, Sender sender, List<String> fileNames) {
        AuthenticationLevel level = job.requiredAuthentication();
        return new DirectJobManifest(
                job.signers().stream().map(Signer::of).toList(),
                new SenderElement(sender.organizationNumber()),
                job.title(),
                job.description(),
                DocumentElement.of(job.documents(), fileNames),
                level == null ? null : level.xmlValue(),
                job.identifierInSignedDocuments());
    }

    record Signer(
            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            String personalIdentificationNumber,

            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            String signerIdentifier,

            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            String signatureType,

            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            OnBehalfOf onBehalfOf) {

        static Signer of(DirectSigner signer) {
            SignatureType type = signer.signatureType();
            return new Signer(
                    signer.personalIdentificationNumber(),
                    signer.customIdentifier(),
                    type == null ? null : type.xmlValue(),
                    signer.onBehalfOf());
        }

        /** Returns a text without the identifier of the signer. */
        @Override
        public String toString() {
            return "Signer";
        }
    }
}
