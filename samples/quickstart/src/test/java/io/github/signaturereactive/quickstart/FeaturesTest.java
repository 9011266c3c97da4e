package io.github.signaturereactive.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that {@code docs/features.md} names existing tests, or gives a reason for features without one. */
final class FeaturesTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern TEST = Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|Property|ArchTest)\\b");
    private static final Pattern ROW = Pattern.compile("^\\|(?! Feature | Issue | ---)(.*)\\|$", Pattern.MULTILINE);

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, List<String>> sources = testSources();
        List<MatchResult> named = NAMED_TEST.matcher(page()).results().toList();

        assertThat(named).isNotEmpty();
        assertThat(named.stream()
                        .filter(test -> sources.getOrDefault(test.group(1), List.of()).stream()
                                .noneMatch(source -> hasTest(source, test.group(2))))
                        .map(MatchResult::group))
                .isEmpty();
    }

    @Test
    void everyFeatureHasATestOrAReasonWhyNot() throws IOException {
        String features = page().substring(0, page().indexOf("## Known issues in other clients"));

        assertThat(ROW.matcher(features).results().map(row -> lastCell(row.group(1))))
                .hasSizeGreaterThan(80)
                .allMatch(cell ->
                        cell.startsWith("no: ") || NAMED_TEST.matcher(cell).find());
    }

    @Test
    void everyTroubleHasAnAnswer() throws IOException {
        String troubles = page().substring(page().indexOf("## Known issues in other clients"));

        assertThat(ROW.matcher(troubles).results().map(row -> lastCell(row.group(1))))
                .hasSizeGreaterThan(80)
                .noneMatch(String::isBlank);
    }

    /** Returns whether the source has a test method or rule of this name. */
    private static boolean hasTest(String source, String name) {
        Matcher declaration =
                Pattern.compile("\\b(void|ArchRule) " + name + "\\b").matcher(source);
        return declaration.find()
                && TEST.matcher(source)
                        .region(source.lastIndexOf("\n\n", declaration.start()), declaration.start())
                        .find();
    }

    private static String lastCell(String row) {
        return row.substring(row.lastIndexOf('|') + 1).strip();
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/features.md"));
    }

    private static Map<String, List<String>> testSources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().contains("src/test/java"))
                    .filter(file -> file.toString().endsWith("Test.java"))
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString().replace(".java", ""),
                            Collectors.mapping(FeaturesTest::read, Collectors.toList())));
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
