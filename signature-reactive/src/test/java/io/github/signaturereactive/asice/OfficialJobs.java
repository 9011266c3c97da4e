package io.github.signaturereactive.asice;

import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.job.Document;
import io.github.signaturereactive.portal.Notifications;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.portal.SignerIdentifier;
import no.digipost.signature.client.core.AuthenticationLevel;
import no.digipost.signature.client.core.DocumentType;
import no.digipost.signature.client.core.IdentifierInSignedDocuments;
import no.digipost.signature.client.core.OnBehalfOf;
import no.digipost.signature.client.core.PollingQueue;
import no.digipost.signature.client.core.Sender;
import no.digipost.signature.client.core.SignatureType;
import no.digipost.signature.client.core.internal.JobCustomizations;
import no.digipost.signature.client.core.internal.SignerCustomizations;
import no.digipost.signature.client.direct.ExitUrls;
import no.digipost.signature.client.direct.StatusRetrievalMethod;
import no.digipost.signature.client.portal.NotificationsUsingLookup;

/** Converts jobs to jobs of the official Java client, without the content of documents. */
final class OfficialJobs {

    private static final byte[] CONTENT = {};

    private OfficialJobs() {}

    static Sender sender(io.github.signaturereactive.job.Sender sender) {
        return sender.pollingQueue().isDefault()
                ? new Sender(sender.organizationNumber())
                : new Sender(
                        sender.organizationNumber(),
                        PollingQueue.of(sender.pollingQueue().name()));
    }

    static no.digipost.signature.client.direct.DirectJob of(DirectJob job) {
        var exitUrls = ExitUrls.of(
                job.exitUrls().completionUrl(),
                job.exitUrls().rejectionUrl(),
                job.exitUrls().errorUrl());
        var builder = no.digipost.signature.client.direct.DirectJob.builder(
                job.title(),
                job.documents().stream().map(OfficialJobs::direct).toList(),
                job.signers().stream().map(OfficialJobs::of).toList(),
                exitUrls);
        options(builder, job);
        if (job.description() != null) {
            builder.withDescription(job.description());
        }
        if (job.statusRetrievalMethod() != null) {
            builder.retrieveStatusBy(
                    StatusRetrievalMethod.valueOf(job.statusRetrievalMethod().name()));
        }
        return builder.build();
    }

    static no.digipost.signature.client.portal.PortalJob of(PortalJob job) {
        var builder = no.digipost.signature.client.portal.PortalJob.builder(
                job.title(),
                job.documents().stream().map(OfficialJobs::portal).toList(),
                job.signers().stream().map(OfficialJobs::of).toList());
        options(builder, job);
        if (job.description() != null) {
            builder.withDescription(job.description());
        }
        if (job.nonsensitiveTitle() != null) {
            builder.withNonsensitiveTitle(job.nonsensitiveTitle());
        }
        if (job.activationTime() != null) {
            builder.withActivationTime(job.activationTime().toInstant());
        }
        if (job.availableFor() != null) {
            builder.availableFor(job.availableFor());
        }
        return builder.build();
    }

    private static <B extends JobCustomizations<B>> void options(B builder, io.github.signaturereactive.job.Job job) {
        if (job.reference() != null) {
            builder.withReference(job.reference());
        }
        if (job.requiredAuthentication() != null) {
            builder.requireAuthentication(
                    AuthenticationLevel.valueOf(job.requiredAuthentication().name()));
        }
        if (job.identifierInSignedDocuments() != null) {
            builder.withIdentifierInSignedDocuments(IdentifierInSignedDocuments.valueOf(
                    job.identifierInSignedDocuments().name()));
        }
    }

    private static no.digipost.signature.client.direct.DirectDocument direct(Document document) {
        return no.digipost.signature.client.direct.DirectDocument.builder(document.title(), CONTENT)
                .type(DocumentType.valueOf(document.type().name()))
                .build();
    }

    private static no.digipost.signature.client.portal.PortalDocument portal(Document document) {
        return no.digipost.signature.client.portal.PortalDocument.builder(document.title(), CONTENT)
                .type(DocumentType.valueOf(document.type().name()))
                .build();
    }

    private static no.digipost.signature.client.direct.DirectSigner of(DirectSigner signer) {
        var builder = signer.isIdentifiedByPersonalIdentificationNumber()
                ? no.digipost.signature.client.direct.DirectSigner.withPersonalIdentificationNumber(signer.identifier())
                : no.digipost.signature.client.direct.DirectSigner.withCustomIdentifier(signer.identifier());
        options(builder, signer.signatureType(), signer.onBehalfOf());
        return builder.build();
    }

    private static no.digipost.signature.client.portal.PortalSigner of(PortalSigner signer) {
        var builder = addressed(signer);
        options(builder, signer.signatureType(), signer.onBehalfOf());
        if (signer.order() != null) {
            builder.withOrder(signer.order());
        }
        return builder.build();
    }

    private static no.digipost.signature.client.portal.PortalSigner.Builder addressed(PortalSigner signer) {
        if (signer.identifier() instanceof SignerIdentifier.PersonalIdentificationNumber number) {
            return signer.notificationsUsingLookup() == null
                    ? no.digipost.signature.client.portal.PortalSigner.identifiedByPersonalIdentificationNumber(
                            number.value(), of(signer.notifications()))
                    : no.digipost.signature.client.portal.PortalSigner.identifiedByPersonalIdentificationNumber(
                            number.value(),
                            NotificationsUsingLookup.valueOf(
                                    signer.notificationsUsingLookup().name()));
        }
        var contact = (SignerIdentifier.ContactInformation) signer.identifier();
        if (contact.mobileNumber() == null) {
            return no.digipost.signature.client.portal.PortalSigner.identifiedByEmail(contact.emailAddress());
        }
        return contact.emailAddress() == null
                ? no.digipost.signature.client.portal.PortalSigner.identifiedByMobileNumber(contact.mobileNumber())
                : no.digipost.signature.client.portal.PortalSigner.identifiedByEmailAndMobileNumber(
                        contact.emailAddress(), contact.mobileNumber());
    }

    private static no.digipost.signature.client.portal.Notifications of(Notifications notifications) {
        var builder = no.digipost.signature.client.portal.Notifications.builder();
        if (notifications.emailAddress() != null) {
            builder.withEmailTo(notifications.emailAddress());
        }
        if (notifications.mobileNumber() != null) {
            builder.withSmsTo(notifications.mobileNumber());
        }
        return builder.build();
    }

    private static <B extends SignerCustomizations<B>> void options(
            B builder,
            io.github.signaturereactive.job.SignatureType type,
            io.github.signaturereactive.job.OnBehalfOf onBehalfOf) {
        if (type != null) {
            builder.withSignatureType(SignatureType.valueOf(type.name()));
        }
        if (onBehalfOf != null) {
            builder.onBehalfOf(OnBehalfOf.valueOf(onBehalfOf.name()));
        }
    }
}
