package io.github.signaturereactive.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
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
        ConfigurationProperty property = property(ConfigurationPropertyName.of(cause.property()));
        return new FailureAnalysis(cause.getMessage() + origin(property), cause.remedy(), cause);
    }

    private @Nullable ConfigurationProperty property(ConfigurationPropertyName name) {
        for (var source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return property;
            }
        }
        return null;
    }

    private static String origin(@Nullable ConfigurationProperty property) {
        if (property == null || property.getOrigin() == null) {
            return "";
        }
        String state = property.getValue().toString().isBlank() ? "blank" : "set";
        return " '" + property.getName() + "' is " + state + " in " + property.getOrigin() + ".";
    }
}
