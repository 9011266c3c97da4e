package io.github.signaturereactive.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ReadmeTest {

    private static final Path ROOT = Path.of("../..");
    private static final String QUICKSTART = "samples/quickstart/src/test/java/io/github/signaturereactive/quickstart/";
    private static final String STARTER =
            "signature-reactive-spring-boot-starter/src/test/java/io/github/signaturereactive/spring/";
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// \\[(\\w+)\\R(.*?)// \\1]", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)[^)]*\\)");

    private static final Page README =
            new Page("README.md", List.of(QUICKSTART + "ReadmeSnippets.java", STARTER + "StarterSnippets.java"));

    /**
     * A page with Java code.
     *
     * @param file the page
     * @param snippets the compiled classes with the same code in regions
     */
    record Page(String file, List<String> snippets) {

        List<String> blocks() throws IOException {
            return withoutIndentation(
                    JAVA_BLOCK.matcher(Files.readString(ROOT.resolve(file))).results(), 1);
        }

        List<String> regions() throws IOException {
            List<String> regions = new ArrayList<>();
            for (String source : snippets) {
                regions.addAll(withoutIndentation(
                        REGION.matcher(Files.readString(ROOT.resolve(source))).results(), 2));
            }
            return regions;
        }
    }

    static List<Page> pagesWithJava() {
        return List.of(
                README,
                new Page("docs/portal.md", List.of(QUICKSTART + "PortalSnippets.java")),
                new Page("docs/direct.md", List.of(QUICKSTART + "DirectSnippets.java")),
                new Page("docs/spring-boot.md", List.of(STARTER + "SpringBootSnippets.java")));
    }

    @ParameterizedTest
    @MethodSource("pagesWithJava")
    void everyJavaBlockIsARegionOfACompiledClass(Page page) throws IOException {
        List<String> blocks = page.blocks();

        assertThat(blocks).isNotEmpty();
        assertThat(page.regions()).containsAll(blocks);
    }

    @ParameterizedTest
    @MethodSource("pagesWithJava")
    void everyRegionStandsOnItsPage(Page page) throws IOException {
        assertThat(page.blocks()).containsAll(page.regions());
    }

    @Test
    void everyPageWithJavaIsChecked() throws IOException {
        assertThat(pages().filter(page -> contains(page, JAVA_BLOCK)))
                .containsExactlyInAnyOrderElementsOf(pagesWithJava().stream()
                        .map(page -> ROOT.resolve(page.file))
                        .toList());
    }

    @Test
    void aJobIsCreatedInTenLines() throws IOException {
        assertThat(README.blocks().get(0).lines()).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void everyLinkWithinTheProjectLeadsSomewhere() throws IOException {
        for (Path page : pages().toList()) {
            assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
                    .as(page.toString())
                    .allMatch(target -> Files.exists(page.resolveSibling(target)));
        }
    }

    private static Stream<Path> pages() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path directory : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(found::add);
            }
        }
        return found.stream();
    }

    private static boolean contains(Path page, Pattern pattern) {
        try {
            return pattern.matcher(Files.readString(page)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> withoutIndentation(Stream<MatchResult> results, int group) {
        return results.map(result -> result.group(group)
                        .lines()
                        .map(String::strip)
                        .collect(Collectors.joining("\n"))
                        .strip())
                .toList();
    }
}
