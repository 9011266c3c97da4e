package io.github.signaturereactive.spring.autoconfigure;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Refuses values with placeholders of variables that are not set, as in {@code ${SIGNATURE_PASSWORD}}. Spring Boot leaves such
 * a placeholder in the value, where it would be taken for the password itself.
 */
final class UnresolvedPlaceholders {

    private final Environment environment;

    UnresolvedPlaceholders(Environment environment) {
        this.environment = environment;
    }

    /** Refuses them in these properties and in all below them. */
    void refuseIn(String... prefixes) {
        List<ConfigurationPropertyName> wanted =
                Stream.of(prefixes).map(ConfigurationPropertyName::of).toList();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(name -> wanted.stream().anyMatch(prefix -> isOrIsBelow(prefix, name)))
                        .distinct()
                        .forEach(this::refuse);
            }
        }
    }

    private static boolean isOrIsBelow(ConfigurationPropertyName prefix, ConfigurationPropertyName name) {
        return prefix.equals(name) || prefix.isAncestorOf(name);
    }

    private void refuse(ConfigurationPropertyName name) {
        String missing = missingVariable(effectiveValue(name));
        if (missing != null) {
            throw new SignaturePropertyException(name.toString(), problem(name, missing), remedy(name, missing), null);
        }
    }

    /** The value of the first source that has one, before placeholders are replaced. */
    private @Nullable Object effectiveValue(ConfigurationPropertyName name) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return property.getValue();
            }
        }
        return null;
    }

    /** Returns the first variable in a value that is not set, or null if there is none. */
    @Nullable
    String missingVariable(@Nullable Object value) {
        if (!(value instanceof CharSequence text)) {
            return null;
        }
        try {
            String unused = environment.resolveRequiredPlaceholders(text.toString());
            return null;
        } catch (PlaceholderResolutionException e) {
            return e.getPlaceholder();
        }
    }

    static String problem(ConfigurationPropertyName name, String missing) {
        return "'" + name + "' has the placeholder '${" + missing + "}', but '" + missing + "' is not set.";
    }

    static String remedy(ConfigurationPropertyName name, String missing) {
        return "Set '" + missing + "' as an environment variable or a property, or '" + name
                + "' to a value without it. If the value is meant literally, write '\\${" + missing + "}'.";
    }
}
