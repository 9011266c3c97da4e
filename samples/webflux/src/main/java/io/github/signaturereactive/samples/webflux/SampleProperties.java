package io.github.signaturereactive.samples.webflux;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of this application, see {@code application.yaml}.
 *
 * @param documents the directory of the signed documents; if not set, a temporary directory that is deleted at the
 *     end
 * @param retryAfter the wait before saving a document of the direct flow is retried
 * @param publicUrl the URL at which browsers reach this application, see {@link PublicUrl}
 */
@ConfigurationProperties("sample")
record SampleProperties(
        @Nullable Path documents,
        @DefaultValue("30s") Duration retryAfter,
        @Nullable URI publicUrl) {}
