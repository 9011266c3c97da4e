package io.github.signaturereactive.spring.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;

/** Analyzes values that cannot be converted to the type of their property, and describes the valid values. */
@Order(0)
final class SignatureBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("signature");

    private final UnresolvedPlaceholders placeholders;

    SignatureBindFailureAnalyzer(Environment environment) {
        this.placeholders = new UnresolvedPlaceholders(environment);
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationProperty property = cause.getProperty();
        if (property == null
                || !PREFIX.isAncestorOf(property.getName())
                || findCause(cause, ConversionException.class) == null) {
            return null;
        }
        String name = property.getName().toString();
        String where = property.getOrigin() == null ? "" : " It is set in " + property.getOrigin() + ".";
        String missing = placeholders.missingVariable(property.getValue());
        if (missing != null) {
            return new FailureAnalysis(
                    UnresolvedPlaceholders.problem(property.getName(), missing) + where,
                    UnresolvedPlaceholders.remedy(property.getName(), missing),
                    cause);
        }
        String wanted = wanted(cause.getTarget().getType().resolve(Object.class));
        return new FailureAnalysis(
                "'" + name + "' is set to '" + property.getValue() + "', which is not " + wanted + "." + where,
                "Set '" + name + "' to " + wanted + ", or remove it to use the default.",
                cause);
    }

    private static String wanted(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (type == Duration.class) {
            return "a duration such as 10s or 2m";
        }
        if (type == URI.class) {
            return "a URL such as https://localhost:8443/api";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        return type == int.class || type == Integer.class ? "a whole number" : "a " + type.getSimpleName();
    }
}
