package io.github.signaturereactive;

import io.github.signaturereactive.http.ApiClient;
import io.github.signaturereactive.http.Identity;
import io.github.signaturereactive.job.PreconditionException;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.observation.Flow;
import io.github.signaturereactive.observation.Operation;
import io.github.signaturereactive.poll.PollPermits;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.xml.Messages;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A client for Posten signering. Create one client for the application, and close it when the application stops. The client has the
 * connections and threads that {@link #direct()}, {@link #portal()} and {@link #archive()} share. Thread-safe.
 *
 * <p>All publishers are cold: each subscription sends a request.
 *
 * <p>Responses are emitted on the event loops of the client, which must not block. Use {@code publishOn} before blocking code.
 *
 * <p>Calls error with a {@link io.github.signaturereactive.job.SignatureException}. Its subclasses are described at the methods. All
 * calls may error with:
 *
 * <ul>
 *   <li>{@link io.github.signaturereactive.job.ServiceUnreachableException} if there was no complete response
 *   <li>{@link io.github.signaturereactive.job.UnexpectedResponseException} if the service responded with an error, or with a message
 *       that cannot be read. The error code is {@link
 *       io.github.signaturereactive.job.UnexpectedResponseException#BROKER_NOT_AUTHORIZED} if the organization is not authorized for
 *       the sender
 *   <li>{@link io.github.signaturereactive.job.UntrustedServerException} and {@link
 *       io.github.signaturereactive.job.CertificateRejectedException} if client or server rejected the other's certificate
 *   <li>{@link io.github.signaturereactive.job.PrivateKeyException} if the private key failed to sign
 *   <li>{@link io.github.signaturereactive.job.AccessTokenException} if the token endpoint issued no access token
 *   <li>{@link io.github.signaturereactive.job.PreconditionException} if a URL does not belong to the service
 *   <li>{@link io.github.signaturereactive.job.ClientClosedException} after {@link #close()}
 * </ul>
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

    /**
     * Creates a client. The client connects on the first call.
     *
     * <p>The private key signs test data, so an unsuitable key fails here. This method blocks while it loads classes and the key signs.
     *
     * @param configuration the configuration
     * @return the client
     * @throws IllegalArgumentException if the private key does not support {@code SHA256withRSA}
     * @throws io.github.signaturereactive.job.PrivateKeyException if the private key fails to sign
     */
    public static SignatureClient create(ClientConfiguration configuration) {
        return new SignatureClient(configuration);
    }

    /**
     * Returns the client for the direct flow, where signers are redirected from your web pages to the service and back.
     *
     * @return the client for the direct flow
     */
    public DirectClient direct() {
        return direct;
    }

    /**
     * Returns the client for the portal flow, where the service notifies signers and they sign in its web portal.
     *
     * @return the client for the portal flow
     */
    public PortalClient portal() {
        return portal;
    }

    /**
     * Returns the client for the archive of signed documents.
     *
     * @return the client for the archive
     */
    public ArchiveClient archive() {
        return archive;
    }

    /**
     * Gets the identity that the service recognizes for this client. Use it to verify certificate and access before you create jobs.
     *
     * <p>The request is for the organization number of the default sender, or of the certificate if there is no default sender.
     *
     * @return a Mono that emits the text of the service, such as {@code You are 123456789}. It errors with {@link
     *     PreconditionException} if there is no default sender and the certificate has no organization number
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
            throw ClientConfiguration.noSender();
        }
        return number;
    }

    /**
     * Returns the configuration that the client was created with. For the current certificate, see {@link #certificate()}.
     *
     * @return the configuration
     */
    public ClientConfiguration configuration() {
        return configuration;
    }

    /**
     * Returns the current certificate, which is that of the configuration or the last replacement.
     *
     * @return the certificate
     */
    public OrganizationCertificate certificate() {
        return api.certificate();
    }

    /**
     * Replaces the certificate, for example before it expires. New connections and new document bundles use the new certificate.
     * In-flight exchanges keep the previous one. Other settings do not change.
     *
     * <p>This method creates a TLS context and signs test data with the private key, so do not call it on an event loop. It does not
     * wait for in-flight exchanges.
     *
     * @param certificate a certificate of the same organization. For another organization, create another client
     * @throws IllegalArgumentException if the certificate has another organization number, or its private key is unsuitable
     * @throws IllegalStateException if the client uses access tokens. Use {@link #replaceCertificate(OrganizationCertificate, String)}
     * @throws io.github.signaturereactive.job.PrivateKeyException if the private key fails to sign
     * @throws io.github.signaturereactive.job.ClientClosedException if the client is closed
     */
    public void replaceCertificate(OrganizationCertificate certificate) {
        if (api.hasAccessTokens()) {
            throw new IllegalStateException(
                    "With access tokens, a certificate belongs to a client id. Use replaceCertificate(certificate, clientId)");
        }
        replaceIdentity(certificate, null);
    }

    /**
     * Replaces the certificate and the client id of a client that uses access tokens. See {@link
     * #replaceCertificate(OrganizationCertificate)}. New exchanges use a new access token. The broker id does not change.
     *
     * @param certificate a certificate of the same organization
     * @param clientId the client id issued for this certificate, without white space
     * @throws IllegalArgumentException if the certificate has another organization number, its private key is unsuitable, or the client
     *     id is empty or has white space
     * @throws IllegalStateException if the client does not use access tokens
     * @throws io.github.signaturereactive.job.PrivateKeyException if the private key fails to sign
     * @throws io.github.signaturereactive.job.ClientClosedException if the client is closed
     */
    public void replaceCertificate(OrganizationCertificate certificate, String clientId) {
        if (!api.hasAccessTokens()) {
            throw new IllegalStateException(
                    "Without access tokens, there is no client id. Use replaceCertificate(certificate)");
        }
        replaceIdentity(certificate, ClientConfiguration.opaque("clientId", clientId));
    }

    private void replaceIdentity(OrganizationCertificate certificate, @Nullable String clientId) {
        @Nullable String before = api.certificate().organizationNumber();
        @Nullable String after = certificate.organizationNumber();
        if (before != null && after != null && !before.equals(after)) {
            throw new IllegalArgumentException("The certificate must have the organization number " + before
                    + " of the replaced certificate, but has " + after
                    + ". For another organization, create another client");
        }
        api.replaceIdentity(new Identity(certificate, clientId));
    }

    /**
     * Starts to close the client and returns immediately. In-flight and later calls fail. To wait for completion, use {@link
     * #disposeLater()}.
     */
    @Override
    public void close() {
        // No caller owns this subscription: closing continues when close() has returned.
        var unused = closed.subscribe();
    }

    /**
     * Closes the client. In-flight and later calls fail. Closing starts with the first subscription, and cannot be cancelled.
     *
     * @return a Mono that completes when all connections are closed and all threads of the client have ended. Configured {@linkplain
     *     ClientConfiguration.Builder#eventLoops event loops} are not disposed
     */
    public Mono<Void> disposeLater() {
        return closed;
    }
}
