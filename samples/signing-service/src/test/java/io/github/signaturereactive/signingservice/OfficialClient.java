package io.github.signaturereactive.signingservice;

import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import no.digipost.signature.client.ClientConfiguration;
import no.digipost.signature.client.ServiceEnvironment;
import no.digipost.signature.client.archive.ArchiveClient;
import no.digipost.signature.client.core.Sender;
import no.digipost.signature.client.direct.DirectClient;
import no.digipost.signature.client.portal.Notifications;
import no.digipost.signature.client.portal.NotificationsUsingLookup;
import no.digipost.signature.client.portal.PortalClient;
import no.digipost.signature.client.portal.PortalDocument;
import no.digipost.signature.client.portal.PortalJob;
import no.digipost.signature.client.portal.PortalSigner;
import no.digipost.signature.client.security.KeyStoreConfig;

/** The official client with a usual configuration, connected to a service on this machine. */
final class OfficialClient {

    static final String FIRST_PIN = "12345678910";
    static final String SECOND_PIN = "01987654321";

    private OfficialClient() {}

    static PortalClient of(SigningService service, Clock clock) {
        return of(service, clock, service.clientCertificate(), SigningService.DEFAULT_ORGANIZATION);
    }

    static PortalClient of(SigningService service, Clock clock, ClientCertificate certificate, String sender) {
        return new PortalClient(configuration(service, certificate)
                .clock(clock)
                .defaultSender(new Sender(sender))
                .build());
    }

    static DirectClient direct(SigningService service, Clock clock) {
        return new DirectClient(configuration(service, service.clientCertificate())
                .clock(clock)
                .defaultSender(new Sender(SigningService.DEFAULT_ORGANIZATION))
                .build());
    }

    static ArchiveClient archive(SigningService service, Clock clock) {
        return new ArchiveClient(
                configuration(service, service.clientCertificate()).clock(clock).build());
    }

    private static ClientConfiguration.Builder configuration(SigningService service, ClientCertificate certificate) {
        try (InputStream in = Files.newInputStream(certificate.path())) {
            KeyStoreConfig keyStore = KeyStoreConfig.fromOrganizationCertificate(in, certificate.password());
            ServiceEnvironment environment = new ServiceEnvironment(
                    "signing service",
                    service.url(),
                    List.of(service.trustedCertificates().toString()));
            return ClientConfiguration.builder(keyStore).serviceEnvironment(environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PortalDocument document(String title) {
        return PortalDocument.builder(title, Pdfs.withText(title)).build();
    }

    static PortalSigner signer(String pin) {
        return signer(pin, 0);
    }

    static PortalSigner signer(String pin, int order) {
        return PortalSigner.identifiedByPersonalIdentificationNumber(pin, NotificationsUsingLookup.EMAIL_ONLY)
                .withOrder(order)
                .build();
    }

    static PortalSigner notified(String pin, String email) {
        return PortalSigner.identifiedByPersonalIdentificationNumber(
                        pin, Notifications.builder().withEmailTo(email).build())
                .build();
    }

    static PortalJob.Builder job(PortalSigner... signers) {
        return PortalJob.builder("Minutes of the board", List.of(document("Minutes")), List.of(signers));
    }
}
