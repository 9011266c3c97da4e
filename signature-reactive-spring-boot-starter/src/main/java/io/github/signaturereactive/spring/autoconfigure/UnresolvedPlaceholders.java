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
 * Rejects values with unresolved placeholders, such as {@code ${SIGNATURE_PASSWORD}}. Spring Boot leaves such a placeholder in the
 * value, so it would be used as the password.
 */
final class UnresolvedPlaceholders {

    private final Environment environment;

    UnresolvedPlaceholders(Environment environment) {
        this.environment = environment;
    }

    /**
     * Checks these properties and all properties below them.
     *
     * @throws SignaturePropertyException if a value has an unresolved placeholder
     */
    void rejectIn(String... prefixes) {
        List<ConfigurationPropertyName> wanted =
                Stream.of(prefixes).map(ConfigurationPropertyName::of).toList();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(name -> wanted.stream().anyMatch(prefix -> isOrIsBelow(prefix, name)))
                        .distinct()
                        .forEach(this::reject);
            }
        }
    }

    private static boolean isOrIsBelow(ConfigurationPropertyName prefix, ConfigurationPropertyName name) {
        return prefix.equals(name) || prefix.isAncestorOf(name);
    }

    private void reject(ConfigurationPropertyName name) {
        String missing = missingVariable(effectiveValue(name));
        if (missing != null) {
            throw new SignaturePropertyException(name.toString(), problem(name, missing), remedy(name, missing), null);
        }
    }

    /** Returns the value of the first property source that has one, before placeholders are resolved. */
    private @Nullable Object effectiveValue(ConfigurationPropertyName name) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return property.getValue();
            }
        }
        return null;
    }

    /** Returns the name of the first unresolved placeholder in a value, or null if all are resolved. */
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
        return "'" + name + "' contains the placeholder '${" + missing + "}', but '" + missing + "' is not set.";
    }

    static String remedy(ConfigurationPropertyName name, String missing) {
        return "Set '" + missing + "' as an environment variable or a property, or set '" + name
                + "' to a value without the placeholder. To use the text literally, write '\\${" + missing + "}'.";
    }
}
