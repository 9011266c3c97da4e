package io.github.signaturereactive.http;

import io.github.signaturereactive.security.OrganizationCertificate;
import org.jspecify.annotations.Nullable;

/**
 * The certificate and client id of a client.
 *
 * @param certificate the certificate of the organization
 * @param clientId the client id issued for this certificate by the token endpoint, or null if access tokens are not used
 */
public record Identity(
        OrganizationCertificate certificate, @Nullable String clientId) {}
