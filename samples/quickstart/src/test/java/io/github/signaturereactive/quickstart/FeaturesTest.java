package io.github.signaturereactive.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of features names tests, and says where there are none. */
final class FeaturesTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("^\\|(?! Feature | Trouble | ---)(.*)\\|$", Pattern.MULTILINE);

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        List<Path> sources = testSources();

        assertThat(NAMED_TEST.matcher(page()).results().toList())
                .isNotEmpty()
                .allSatisfy(named -> assertThat(sources.stream()
                                .filter(source -> source.endsWith(named.group(1) + ".java"))
                                .map(FeaturesTest::read))
                        .as(named.group())
                        .anyMatch(source -> declares(source, named.group(2))));
    }

    @Test
    void everyFeatureHasATestOrAReasonWhyNot() throws IOException {
        String features = page().substring(0, page().indexOf("## Trouble that others had"));

        assertThat(ROW.matcher(features).results().map(row -> lastCell(row.group(1))))
                .hasSizeGreaterThan(80)
                .allMatch(cell ->
                        cell.startsWith("no: ") || NAMED_TEST.matcher(cell).find());
    }

    @Test
    void everyTroubleHasAnAnswer() throws IOException {
        String troubles = page().substring(page().indexOf("## Trouble that others had"));

        assertThat(ROW.matcher(troubles).results().map(row -> lastCell(row.group(1))))
                .hasSizeGreaterThan(80)
                .noneMatch(String::isBlank);
    }

    private static boolean declares(String source, String test) {
        return Pattern.compile("@\\w+[^;{}]*\\s(void|ArchRule) " + test + "\\b")
                .matcher(source)
                .find();
    }

    private static String lastCell(String row) {
        return row.substring(row.lastIndexOf('|') + 1).strip();
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/features.md"));
    }

    private static List<Path> testSources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().contains("src/test/java"))
                    .filter(file -> file.toString().endsWith("Test.java"))
                    .collect(Collectors.toList());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
