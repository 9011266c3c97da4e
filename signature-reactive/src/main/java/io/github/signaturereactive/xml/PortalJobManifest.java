package io.github.signaturereactive.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.github.signaturereactive.job.AuthenticationLevel;
import io.github.signaturereactive.job.IdentifierInSignedDocuments;
import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SignatureType;
import io.github.signaturereactive.portal.Notifications;
import io.github.signaturereactive.portal.NotificationsUsingLookup;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.portal.SignerIdentifier;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.xml.annotation.JacksonXmlElementWrapper;
import tools.jackson.dataformat.xml.annotation.JacksonXmlProperty;

/** The element {@code portal-signature-job-manifest}. Components are in the order of the schema. */
@JsonRootName(value = "portal-signature-job-manifest", namespace = Xml.NAMESPACE)
record PortalJobManifest(
        @JacksonXmlElementWrapper(localName = "signers", namespace = Xml.NAMESPACE)
        @JacksonXmlProperty(localName = "signer", namespace = Xml.NAMESPACE)
        List<Signer> signers,

        @JsonProperty(namespace = Xml.NAMESPACE) SenderElement sender,
        @JsonProperty(namespace = Xml.NAMESPACE) String title,
        @JsonProperty(namespace = Xml.NAMESPACE) @Nullable String nonsensitiveTitle,
        @JsonProperty(namespace = Xml.NAMESPACE) @Nullable String description,

        @JacksonXmlElementWrapper(localName = "documents", namespace = Xml.NAMESPACE)
        @JacksonXmlProperty(localName = "document", namespace = Xml.NAMESPACE)
        List<DocumentElement> documents,

        @JsonProperty(namespace = Xml.NAMESPACE) @Nullable String requiredAuthentication,
        @JsonProperty(namespace = Xml.NAMESPACE) @Nullable Availability availability,
        @JsonProperty(namespace = Xml.NAMESPACE) @Nullable IdentifierInSignedDocuments identifierInSignedDocuments) {

    static PortalJobManifest of(PortalJob job, Sender sender, List<String> fileNames) {
        AuthenticationLevel level = job.requiredAuthentication();
        return new PortalJobManifest(
                job.signers().stream().map(Signer::of).toList(),
                new SenderElement(sender.organizationNumber()),
                job.title(),
                job.nonsensitiveTitle(),
                job.description(),
                DocumentElement.of(job.documents(), fileNames),
                level == null ? null : level.xmlValue(),
                Availability.of(job.activationTime(), job.availableFor()),
                job.identifierInSignedDocuments());
    }

    record Signer(
            @JacksonXmlProperty(isAttribute = true) @Nullable
            Integer order,

            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            String personalIdentificationNumber,

            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            EmptyElement identifiedByContactInformation,

            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            String signatureType,

            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            Lookup notificationsUsingLookup,

            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            Addresses notifications,

            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            OnBehalfOf onBehalfOf) {

        static Signer of(PortalSigner signer) {
            String number = signer.identifier() instanceof SignerIdentifier.PersonalIdentificationNumber identifier
                    ? identifier.value()
                    : null;
            SignatureType type = signer.signatureType();
            return new Signer(
                    signer.order(),
                    number,
                    EmptyElement.presentIf(number == null),
                    type == null ? null : type.xmlValue(),
                    Lookup.of(signer.notificationsUsingLookup()),
                    Addresses.of(signer.notifications()),
                    signer.onBehalfOf());
        }

        /** Returns a text without the identifier of the signer. */
        @Override
        public String toString() {
            return "Signer";
        }
    }

    record Lookup(
            @JsonProperty(namespace = Xml.NAMESPACE) EmptyElement email,

            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            EmptyElement sms) {

        static @Nullable Lookup of(@Nullable NotificationsUsingLookup lookup) {
            return lookup == null
                    ? null
                    : new Lookup(
                            new EmptyElement(),
                            EmptyElement.presentIf(lookup == NotificationsUsingLookup.EMAIL_AND_SMS));
        }
    }

    record Addresses(
            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            Email email,

            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            Sms sms) {

        static @Nullable Addresses of(@Nullable Notifications notifications) {
            if (notifications == null) {
                return null;
            }
            String emailAddress = notifications.emailAddress();
            String mobileNumber = notifications.mobileNumber();
            return new Addresses(
                    emailAddress == null ? null : new Email(emailAddress),
                    mobileNumber == null ? null : new Sms(mobileNumber));
        }
    }

    record Email(@JacksonXmlProperty(isAttribute = true) String address) {
        /** Returns a text without the address. */
        @Override
        public String toString() {
            return "Email";
        }
    }

    record Sms(@JacksonXmlProperty(isAttribute = true) String number) {
        /** Returns a text without the number. */
        @Override
        public String toString() {
            return "Sms";
        }
    }

    record Availability(
            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            String activationTime,

            @JsonProperty(namespace = Xml.NAMESPACE) @Nullable
            Long availableSeconds) {

        static @Nullable Availability of(@Nullable OffsetDateTime activationTime, @Nullable Duration availableFor) {
            return activationTime == null && availableFor == null
                    ? null
                    : new Availability(
                            activationTime == null ? null : dateTime(activationTime),
                            availableFor == null ? null : availableFor.toSeconds());
        }

        /** Formats an {@code xs:dateTime}. Its offset must be whole minutes up to 14 hours. Uses UTC for other offsets. */
        private static String dateTime(OffsetDateTime time) {
            int offset = time.getOffset().getTotalSeconds();
            boolean expressible =
                    offset % 60 == 0 && Math.abs(offset) <= Duration.ofHours(14).toSeconds();
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                    expressible ? time : time.withOffsetSameInstant(ZoneOffset.UTC));
        }
    }
}
