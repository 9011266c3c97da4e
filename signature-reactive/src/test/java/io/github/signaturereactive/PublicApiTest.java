package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.testing.PublicApi;
import java.io.IOException;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.LoopResources;

final class PublicApiTest {

    private final PublicApi api =
            PublicApi.of("signature-reactive", SignatureClient.class, ArchitectureTest::isInternal);

    @Test
    void publicApiIsListedInFile() throws IOException {
        api.compareWithFile();
    }

    @Test
    void signaturesHaveNoInternalTypes() {
        assertThat(api.namedTypes())
                .isNotEmpty()
                .filteredOn(type -> type.getName().startsWith("io.github.signaturereactive."))
                .filteredOn(type -> ArchitectureTest.isInternal(type) || !Modifier.isPublic(type.getModifiers()))
                .isEmpty();
    }

    @Test
    void signaturesHaveNoTypesOfNettyExceptLoopResources() {
        assertThat(api.namedTypes())
                .filteredOn(type -> type.getName().contains("netty."))
                .containsExactly(LoopResources.class);
    }
}
