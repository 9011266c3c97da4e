package io.github.signaturereactive.http;

import io.github.signaturereactive.security.OrganizationCertificate;
import org.jspecify.annotations.Nullable;

/**
 * Who we are.
 *
 * @param certificate what connections are made with
 * @param clientId by what the token endpoint knows us, with just this certificate; null if there are no access tokens
 */
public record Identity(
        OrganizationCertificate certificate, @Nullable String clientId) {}
