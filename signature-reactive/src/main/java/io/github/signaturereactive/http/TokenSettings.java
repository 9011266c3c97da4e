package io.github.signaturereactive.http;

import io.github.signaturereactive.security.WebTrust;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where access tokens come from, and for what.
 *
 * @param endpoint the token endpoint
 * @param trust how it proves itself
 * @param brokerId what tokens are to be good for
 * @param proxy what stands between, or null
 */
public record TokenSettings(
        URI endpoint,
        WebTrust trust,
        String brokerId,
        @Nullable Proxy proxy) {}
