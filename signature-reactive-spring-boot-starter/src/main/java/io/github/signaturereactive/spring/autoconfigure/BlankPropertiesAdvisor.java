package io.github.signaturereactive.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Treats blank values of {@code signature.*} as unset, for properties of every type. Deployments often set a variable to an empty
 * string instead of omitting it.
 */
final class BlankPropertiesAdvisor implements ConfigurationPropertiesBindHandlerAdvisor {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("signature");

    @Override
    public BindHandler apply(BindHandler handler) {
        return new AbstractBindHandler(handler) {

            @Override
            public @Nullable Object onSuccess(
                    ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
                return isBlank(name, context) ? null : super.onSuccess(name, target, context, result);
            }

            /** Handles types to which a blank string cannot be converted, such as numbers. */
            @Override
            public @Nullable Object onFailure(
                    ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error)
                    throws Exception {
                return isBlank(name, context) ? null : super.onFailure(name, target, context, error);
            }
        };
    }

    private static boolean isBlank(ConfigurationPropertyName name, BindContext context) {
        ConfigurationProperty property = context.getConfigurationProperty();
        return PREFIX.isAncestorOf(name)
                && property != null
                && property.getName().equals(name)
                && property.getValue() instanceof CharSequence text
                && text.toString().isBlank();
    }
}
