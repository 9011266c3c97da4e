package io.github.signaturereactive.http;

import io.github.signaturereactive.security.WebTrust;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where access tokens come from, and for whom.
 *
 * @param endpoint the token endpoint
 * @param trust how it proves itself
 * @param clientId as whom tokens are asked for
 * @param brokerId what they are to be good for
 * @param proxy what stands between, or null
 */
public record TokenSettings(
        URI endpoint,
        WebTrust trust,
        String clientId,
        String brokerId,
        @Nullable Proxy proxy) {}
