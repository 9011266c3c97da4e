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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that {@code docs/features.md} and {@code docs/architecture.md} name existing tests and classes, and that features without a test
 * have a reason.
 */
final class FeaturesTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern NAMED_CLASS = Pattern.compile("`((?:[a-z]+\\.)+[A-Z]\\w+)`");
    private static final String KNOWN_ISSUES = "## Known issues in other clients";
    private static final Pattern TEST = Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|Property|ArchTest)\\b");
    private static final Pattern ROW = Pattern.compile("^\\|(?! Feature | Issue | ---)(.*)\\|$", Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(strings = {"features.md", "architecture.md"})
    void everyTestThatIsNamedExists(String page) throws IOException {
        Map<String, List<String>> sources = testSources();
        List<MatchResult> named = NAMED_TEST.matcher(page(page)).results().toList();

        assertThat(named).isNotEmpty();
        assertThat(named.stream()
                        .filter(test -> sources.getOrDefault(test.group(1), List.of()).stream()
                                .noneMatch(source -> hasTest(source, test.group(2))))
                        .map(MatchResult::group))
                .isEmpty();
    }

    @Test
    void everyClassThatIsNamedWithItsPackageExists() throws IOException {
        assertThat(NAMED_CLASS.matcher(page("architecture.md")).results().map(named -> named.group(1)))
                .hasSizeGreaterThan(40)
                .allMatch(FeaturesTest::isClass);
    }

    @Test
    void everyFeatureHasATestOrAReasonWhyNot() throws IOException {
        String page = page("features.md");
        String features = page.substring(0, page.indexOf(KNOWN_ISSUES));

        assertThat(ROW.matcher(features).results().map(row -> lastCell(row.group(1))))
                .hasSizeGreaterThan(80)
                .allMatch(cell ->
                        cell.startsWith("no: ") || NAMED_TEST.matcher(cell).find());
    }

    @Test
    void everyTroubleHasAnAnswer() throws IOException {
        String page = page("features.md");
        String troubles = page.substring(page.indexOf(KNOWN_ISSUES));

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

    /** Returns whether a module has a class of this name, which is relative to {@code io.github.signaturereactive}. */
    private static boolean isClass(String name) {
        String source = "src/main/java/io/github/signaturereactive/" + name.replace('.', '/') + ".java";
        return Stream.of("signature-reactive", "signature-reactive-spring-boot-starter")
                .anyMatch(module -> Files.exists(ROOT.resolve(module).resolve(source)));
    }

    private static String page(String name) throws IOException {
        return Files.readString(ROOT.resolve("docs").resolve(name));
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
