package io.github.signaturereactive.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metadata of the properties, which editors show. */
class ConfigurationMetadataTest {

    private static final JsonNode METADATA = read();

    @Test
    void everyPropertyHasDescription() {
        assertThat(properties())
                .hasSizeGreaterThan(35)
                .allSatisfy(property -> assertThat(property.path("description").asString(""))
                        .as(name(property))
                        .isNotBlank()
                        .endsWith("."));
    }

    @Test
    void everyPropertyHasDefaultOrDescribesIt() {
        assertThat(properties())
                .allSatisfy(property -> assertThat(property.has("defaultValue")
                                || property.path("description").asString("").contains("Defaults to"))
                        .as(name(property))
                        .isTrue());
    }

    @Test
    void descriptionsAreOneLine() {
        assertThat(properties())
                .allSatisfy(property -> assertThat(property.path("description").asString(""))
                        .as(name(property))
                        .doesNotContain("\n")
                        .doesNotContain("{@"));
    }

    @Test
    void everyHintIsForAProperty() {
        List<String> names =
                properties().stream().map(ConfigurationMetadataTest::name).toList();

        assertThat(METADATA.path("hints").values())
                .isNotEmpty()
                .allSatisfy(hint -> assertThat(names).contains(name(hint)));
    }

    @Test
    void hintsOfEnumerationsAreTheirConstants() {
        assertThat(hinted("signature.environment")).isEqualTo(constants(SignatureProperties.Environment.values()));
        assertThat(hinted("signature.proxy.type")).isEqualTo(constants(SignatureProperties.Proxy.Type.values()));
    }

    @Test
    void namesAreInCanonicalForm() {
        assertThat(properties())
                .allSatisfy(property -> assertThat(ConfigurationPropertyName.isValid(name(property)))
                        .as(name(property))
                        .isTrue());
    }

    private static List<String> hinted(String property) {
        return METADATA.path("hints")
                .valueStream()
                .filter(hint -> name(hint).equals(property))
                .flatMap(hint -> hint.path("values").valueStream())
                .map(value -> value.path("value").asString(""))
                .toList();
    }

    private static List<String> constants(Enum<?>[] values) {
        return List.of(values).stream()
                .map(value -> value.name().toLowerCase(java.util.Locale.ROOT))
                .toList();
    }

    private static List<JsonNode> properties() {
        return METADATA.path("properties").valueStream().toList();
    }

    private static String name(JsonNode described) {
        return described.path("name").asString("");
    }

    private static JsonNode read() {
        URI classes = URI.create(SignatureProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString());
        try (InputStream file =
                Files.newInputStream(Path.of(classes).resolve("META-INF/spring-configuration-metadata.json"))) {
            return JsonMapper.shared().readTree(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
