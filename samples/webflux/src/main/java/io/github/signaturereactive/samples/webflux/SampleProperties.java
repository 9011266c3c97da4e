package io.github.signaturereactive.samples.webflux;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of this application itself, see {@code application.yaml}.
 *
 * @param documents the directory of the signed documents; if not set, a temporary one that is deleted at the end
 * @param retryAfter how long to wait before an attempt to save a document of the direct flow is repeated
 * @param publicUrl the URL at which browsers reach this application, see {@link PublicUrl}
 */
@ConfigurationProperties("sample")
record SampleProperties(
        @Nullable Path documents,
        @DefaultValue("30s") Duration retryAfter,
        @Nullable URI publicUrl) {}
