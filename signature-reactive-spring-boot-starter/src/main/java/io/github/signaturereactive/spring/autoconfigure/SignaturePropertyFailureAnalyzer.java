package io.github.signaturereactive.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Analyzes a {@link SignaturePropertyException}. Adds the origin of the property to the description. */
@Order(0)
final class SignaturePropertyFailureAnalyzer extends AbstractFailureAnalyzer<SignaturePropertyException> {

    private final Environment environment;

    SignaturePropertyFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SignaturePropertyException cause) {
        Origin origin = origin(ConfigurationPropertyName.of(cause.property()));
        String where = origin == null ? "" : " It is set in " + origin + ".";
        return new FailureAnalysis(cause.getMessage() + where, cause.remedy(), cause);
    }

    private @Nullable Origin origin(ConfigurationPropertyName name) {
        for (var source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return property.getOrigin();
            }
        }
        return null;
    }
}
