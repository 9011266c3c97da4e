package io.github.signaturereactive.signingservice.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.signingservice.certificate.CertificateAuthority;
import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.github.signaturereactive.signingservice.protocol.Body;
import io.github.signaturereactive.signingservice.protocol.Caller;
import io.github.signaturereactive.signingservice.protocol.Response;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The identity provider of the service. Its token endpoint listens on its own address and issues access tokens to
 * registered clients with the OAuth 2.0 client credentials grant. A client authenticates with its certificate in the
 * TLS handshake. The endpoint's own certificate is issued for {@code localhost} by a separate authority, not by the
 * authority of the API.
 */
public final class AccessTokens {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;
    private final Supplier<URI> tokenEndpoint;
    private final Supplier<String> resource;
    private final Map<String, Client> clients = new HashMap<>();
    private final Map<String, Token> tokens = new LinkedHashMap<>();
    private final Deque<Response> planned = new ArrayDeque<>();
    private Duration lifetime = Duration.ofHours(1);

    /** Creates a token endpoint without clients. */
    public AccessTokens(Clock clock, Supplier<URI> tokenEndpoint, Supplier<String> resource) {
        this.clock = clock;
        this.tokenEndpoint = tokenEndpoint;
        this.resource = resource;
    }

    private record Client(String brokerId, String organizationNumber, X509Certificate certificate) {}

    private record Token(Caller caller, Instant expiresAt) {}

    /** Returns the address of the token endpoint, {@code https://localhost:<port>/oauth2/token}. */
    public URI tokenEndpoint() {
        return tokenEndpoint.get();
    }

    /** Returns the authority that issued the endpoint's certificate. The API uses another authority. */
    public X509Certificate certificateAuthority() {
        return CertificateAuthority.web().certificate();
    }

    /**
     * Registers a client that acts as the organization of its certificate. Replaces a registration of the same id.
     *
     * @param clientId the client's id
     * @param brokerId the part of the scope after {@code signering:}
     * @param certificate the certificate that the client presents and signs its bundles with
     * @throws IllegalArgumentException if the certificate has no organization number
     */
    public void register(String clientId, String brokerId, ClientCertificate certificate) {
        if (certificate.organizationNumber().isEmpty()) {
            throw new IllegalArgumentException(
                    "The certificate has no organization number: register the client with the number of its organization");
        }
        register(clientId, brokerId, certificate.organizationNumber(), certificate);
    }

    /**
     * Registers a client that acts as the given organization, whatever its certificate says. Replaces a registration of the
     * same id.
     *
     * @param clientId the client's id
     * @param brokerId the part of the scope after {@code signering:}
     * @param organizationNumber the organization that the client acts as, nine digits
     * @param certificate the certificate that the client presents and signs its bundles with
     */
    public synchronized void register(
            String clientId, String brokerId, String organizationNumber, ClientCertificate certificate) {
        clients.put(clientId, new Client(brokerId, organizationNumber, certificate.certificate()));
    }

    /** Removes the registration of a client. Tokens that it already has remain valid. */
    public synchronized void unregister(String clientId) {
        clients.remove(clientId);
    }

    /** Sets the lifetime of tokens that are issued from now on: whole seconds, at least one. Defaults to one hour. */
    public synchronized void lifetime(Duration duration) {
        if (duration.toSeconds() < 1) {
            throw new IllegalArgumentException("A token must be good for a second, but this was " + duration);
        }
        lifetime = duration;
    }

    /** Revokes all tokens issued so far. */
    public synchronized void revokeAll() {
        tokens.clear();
    }

    /** Returns the issued tokens in order of issue, without the revoked ones. Some may have expired. */
    public synchronized List<String> issued() {
        return List.copyOf(tokens.keySet());
    }

    /**
     * Plans a response to one request to the token endpoint. Planned responses are sent in order, one for each request,
     * whatever the request contains.
     */
    public synchronized void answerNext(int status, String contentType, String body) {
        planned.add(Response.of(status, contentType, Body.of(body.getBytes(UTF_8))));
    }

    synchronized Optional<Response> planned() {
        return Optional.ofNullable(planned.poll());
    }

    /** Returns the client that the token was issued to, or empty if the token is unknown, revoked or expired. */
    synchronized Optional<Caller> callerOf(String token) {
        return Optional.ofNullable(tokens.get(token))
                .filter(known -> clock.instant().isBefore(known.expiresAt()))
                .map(Token::caller);
    }

    /**
     * Issues a token and returns the response of the token endpoint.
     *
     * @param form the form fields of the request, each one once
     * @param certificate the certificate of the client
     * @throws OAuthException if the client or the request is not valid
     */
    synchronized Response issue(Map<String, String> form, X509Certificate certificate) {
        for (String field : List.of("grant_type", "client_id", "scope", "resource")) {
            if (!form.containsKey(field)) {
                throw new OAuthException(400, "invalid_request", "There is no " + field);
            }
        }
        if (!"client_credentials".equals(form.get("grant_type"))) {
            throw new OAuthException(400, "unsupported_grant_type", "The grant type must be client_credentials");
        }
        Client client = clients.get(form.get("client_id"));
        if (client == null || !client.certificate().equals(certificate)) {
            throw new OAuthException(401, "invalid_client", "The client is unknown, or its certificate another");
        }
        if (!("signering:" + client.brokerId()).equals(form.get("scope"))) {
            throw new OAuthException(400, "invalid_scope", "The client may not ask for this scope");
        }
        if (!resource.get().equals(form.get("resource"))) {
            throw new OAuthException(400, "invalid_target", "The resource is not known");
        }
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Caller caller = new Caller(client.organizationNumber(), Optional.of(client.certificate()));
        tokens.put(token, new Token(caller, clock.instant().plus(lifetime)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("access_token", token);
        json.put("token_type", "Bearer");
        json.put("expires_in", lifetime.toSeconds());
        json.put("scope", "signering:" + client.brokerId());
        return OAuthException.json(200, json);
    }
}
