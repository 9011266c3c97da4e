package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.DocumentDownload;
import io.github.signaturereactive.spring.web.DocumentDownloadHttpMessageWriter;
import io.github.signaturereactive.spring.web.DocumentDownloadResultHandler;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** {@link AutoConfiguration Auto-configuration} for WebFlux controllers that return a {@link DocumentDownload}. */
@AutoConfiguration
@ConditionalOnClass({DocumentDownload.class, WebFluxConfigurer.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class SignatureWebFluxAutoConfiguration {

    SignatureWebFluxAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    DocumentDownloadHttpMessageWriter documentDownloadHttpMessageWriter() {
        return new DocumentDownloadHttpMessageWriter();
    }

    @Bean
    @ConditionalOnMissingBean
    DocumentDownloadResultHandler documentDownloadResultHandler(DocumentDownloadHttpMessageWriter writer) {
        return new DocumentDownloadResultHandler(ReactiveAdapterRegistry.getSharedInstance(), writer);
    }

    @Bean
    WebFluxConfigurer documentDownloadWebFluxConfigurer(DocumentDownloadHttpMessageWriter writer) {
        return new WebFluxConfigurer() {
            @Override
            public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
                configurer.customCodecs().register(writer);
            }
        };
    }
}
