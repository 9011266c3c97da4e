package io.github.signaturereactive.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.testing.PublicApi;
import java.io.IOException;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

final class PublicApiTest {

    private final PublicApi api =
            PublicApi.of("signature-reactive-spring-boot-starter", StatusChangeHandler.class, type -> false);

    @Test
    void publicApiIsListedInFile() throws IOException {
        api.compareWithFile();
    }

    @Test
    void signaturesHaveNoTypesOfNettyOrOfInternalPackages() {
        assertThat(api.namedTypes())
                .isNotEmpty()
                .filteredOn(type -> type.getName().contains("netty.")
                        || type.getName().matches("io\\.github\\.signaturereactive\\.(asice|http|xml)\\..*"))
                .isEmpty();
    }

    @Test
    void signaturesHaveOnlyPublicTypes() {
        assertThat(api.namedTypes())
                .filteredOn(type -> type.getName().startsWith("io.github.signaturereactive."))
                .filteredOn(type -> !Modifier.isPublic(type.getModifiers()))
                .isEmpty();
    }
}
