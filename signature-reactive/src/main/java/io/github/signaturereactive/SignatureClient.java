package io.github.signaturereactive;

import io.github.signaturereactive.http.ApiClient;
import io.github.signaturereactive.http.Identity;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SenderNotSpecifiedException;
import io.github.signaturereactive.observation.Flow;
import io.github.signaturereactive.observation.Operation;
import io.github.signaturereactive.poll.PollPermits;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.xml.Messages;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A client of Posten signering. Make one for the whole application and close it at the end: it owns the connections and the
 * threads that all its parts share. Safe for use by many threads.
 *
 * <p>Everything it offers is cold: nothing happens before a subscription, and each subscription is a call of its own. Results
 * are emitted on the client's event loops, so whoever blocks in an operator stalls the client: switch to another scheduler
 * first. Errors are {@link io.github.signaturereactive.job.SignatureException}s.
 */
public final class SignatureClient implements AutoCloseable {

    private final ClientConfiguration configuration;
    private final ApiClient api;
    private final DirectClient direct;
    private final PortalClient portal;
    private final ArchiveClient archive;
    private final Mono<Void> closed;

    private SignatureClient(ClientConfiguration configuration) {
        Messages.load();
        this.configuration = configuration;
        this.api = new ApiClient(configuration.transport());
        PollPermits permits = PollPermits.inMemory();
        this.direct = new DirectClient(configuration, api.of(Flow.DIRECT), permits);
        this.portal = new PortalClient(configuration, api.of(Flow.PORTAL), permits);
        this.archive = new ArchiveClient(api.of(Flow.ARCHIVE));
        this.closed = api.disposeLater().cache();
    }

    /** A client with this configuration; it connects when it is first used. */
    public static SignatureClient create(ClientConfiguration configuration) {
        return new SignatureClient(configuration);
    }

    /** The direct flow: signers are sent to the service from your own pages, and come back. */
    public DirectClient direct() {
        return direct;
    }

    /** The portal flow: signers are notified and sign when they like. */
    public PortalClient portal() {
        return portal;
    }

    /** The archive: signed documents that the service keeps. */
    public ArchiveClient archive() {
        return archive;
    }

    /**
     * Asks the service who it takes us for: the quickest way to tell trouble with certificates and access from trouble with
     * jobs. Asks for the default sender, or if there is none, for the organization of the certificate.
     *
     * @return the service's answer in its own words, or {@link SenderNotSpecifiedException} where there is neither a
     *     default sender nor an organization number in the certificate
     */
    public Mono<String> whoAmI() {
        return Mono.defer(() -> api.get(
                        Operation.WHO_AM_I,
                        "/" + ownOrganizationNumber(),
                        response -> response.read(body -> new String(body, StandardCharsets.UTF_8).strip())))
                .checkpoint("SignatureClient.whoAmI");
    }

    private String ownOrganizationNumber() {
        @Nullable Sender sender = configuration.defaultSender();
        @Nullable
        String number =
                sender != null ? sender.organizationNumber() : certificate().organizationNumber();
        if (number == null) {
            throw new SenderNotSpecifiedException();
        }
        return number;
    }

    /** What the client was made with; its certificate may have been replaced since. */
    public ClientConfiguration configuration() {
        return configuration;
    }

    /** The certificate that identifies the organization now. */
    public OrganizationCertificate certificate() {
        return api.certificate();
    }

    /**
     * Replaces the certificate, for instance before it expires: connections that are opened and bundles that are signed from now
     * on are made with the new one, what is being sent or received goes on with the old one. Other settings stay as they are. Takes some milliseconds to make
     * TLS ready, but waits for nothing.
     *
     * @param certificate of the same organization, as far as both certificates tell; for another organization make another client
     * @throws IllegalArgumentException if it is another organization's
     * @throws IllegalStateException if the client uses access tokens, for which certificate and client id are replaced together
     * @throws java.util.concurrent.RejectedExecutionException if the client has been closed
     */
    public void replaceCertificate(OrganizationCertificate certificate) {
        if (api.hasAccessTokens()) {
            throw new IllegalStateException(
                    "With access tokens a certificate belongs to a client id: use replaceCertificate(certificate, clientId)");
        }
        replaceIdentity(certificate, null);
    }

    /**
     * Replaces the certificate together with the client id that it is registered for, as {@link
     * #replaceCertificate(OrganizationCertificate)} does. The access token of the client before is not used any longer.
     *
     * @param certificate of the same organization, as far as both certificates tell
     * @param clientId for what the token endpoint knows this certificate; the broker id stays
     * @throws IllegalArgumentException if it is another organization's certificate, or no client id
     * @throws IllegalStateException if the client uses no access tokens
     * @throws java.util.concurrent.RejectedExecutionException if the client has been closed
     */
    public void replaceCertificate(OrganizationCertificate certificate, String clientId) {
        if (!api.hasAccessTokens()) {
            throw new IllegalStateException(
                    "Without access tokens there is no client id: use replaceCertificate(certificate)");
        }
        replaceIdentity(certificate, ClientConfiguration.opaque("clientId", clientId));
    }

    private void replaceIdentity(OrganizationCertificate certificate, @Nullable String clientId) {
        @Nullable String before = api.certificate().organizationNumber();
        @Nullable String after = certificate.organizationNumber();
        if (before != null && after != null && !before.equals(after)) {
            throw new IllegalArgumentException(
                    "certificate must be that of organization " + before + ", as the one it replaces, but is that of "
                            + after + ". For another organization make another client.");
        }
        api.replaceIdentity(new Identity(certificate, clientId));
    }

    /**
     * Begins to close the client and returns at once. What is under way fails; what is asked for later fails, too. To wait
     * until all is gone, use {@link #disposeLater()}.
     */
    @Override
    public void close() {
        // The one subscription nobody else owns: closing must go on when the caller does not wait for it.
        var unused = closed.subscribe();
    }

    /** Closes the client and completes when its last connection and thread are gone, but for event loops that it was given. */
    public Mono<Void> disposeLater() {
        return closed;
    }
}
