package io.github.signaturereactive.http;

import io.github.signaturereactive.connection.ProxySettings;
import io.github.signaturereactive.security.WebTrust;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The settings of access tokens.
 *
 * @param endpoint the URL of the token endpoint
 * @param trust the trust manager for the token endpoint
 * @param brokerId the broker id in the scope of the tokens
 * @param proxy the proxy for the token endpoint, or null for none
 */
public record TokenSettings(
        URI endpoint,
        WebTrust trust,
        String brokerId,
        @Nullable ProxySettings proxy) {}
