package io.github.signaturereactive.spring.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * What the library reaches by reflection or from the class path, for native images: the records that it writes as XML, and the
 * certificates of the authorities that it trusts.
 */
final class SignatureRuntimeHints implements RuntimeHintsRegistrar {

    /** The roots of all messages that are written; what they are made of is found from them. */
    private static final List<String> MESSAGES = List.of(
            "DirectJobManifest",
            "DirectJobRequest",
            "DirectSignerUpdateRequest",
            "PortalJobManifest",
            "PortalJobRequest");

    private final BindingReflectionHintsRegistrar records = new BindingReflectionHintsRegistrar();

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        for (String message : MESSAGES) {
            records.registerReflectionHints(
                    hints.reflection(),
                    ClassUtils.resolveClassName("io.github.signaturereactive.xml." + message, classLoader));
        }
        hints.resources().registerPattern("certificates/prod/*").registerPattern("certificates/test/*");
    }
}
