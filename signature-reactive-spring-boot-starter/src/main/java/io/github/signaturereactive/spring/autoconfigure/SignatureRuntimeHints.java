package io.github.signaturereactive.spring.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * Registers hints for native images: reflection on the records that the library writes as XML, and the resources with trusted
 * certificate authorities.
 */
final class SignatureRuntimeHints implements RuntimeHintsRegistrar {

    /** The root records of all messages that the library writes. The hints include the types of their components. */
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
