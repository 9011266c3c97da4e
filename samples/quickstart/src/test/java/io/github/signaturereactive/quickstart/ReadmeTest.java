package io.github.signaturereactive.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private static final Pattern FENCED_BLOCK = Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

    private static final Page README = new Page(
            "README.md", List.of(QUICKSTART + "ReadmeSnippets.java", STARTER + "autoconfigure/StarterSnippets.java"));

    /**
     * A page with Java code.
     *
     * @param file the page
     * @param snippets the compiled classes with the same code in regions
     */
    record Page(String file, List<String> snippets) {

        static Page of(String file, String snippets) {
            return new Page(file, List.of(snippets));
        }

        List<String> blocks() throws IOException {
            return JAVA_BLOCK
                    .matcher(Files.readString(ROOT.resolve(file)))
                    .results()
                    .map(block -> withoutIndentation(block.group(1)))
                    .toList();
        }

        /** Returns the regions. Parts with the same name are one region: the imports, and the code that needs them. */
        List<String> regions() throws IOException {
            List<String> regions = new ArrayList<>();
            for (String source : snippets) {
                Map<String, String> named = new LinkedHashMap<>();
                REGION.matcher(Files.readString(ROOT.resolve(source)))
                        .results()
                        .forEach(region -> named.merge(
                                region.group(1),
                                withoutIndentation(region.group(2)),
                                (first, second) -> first + "\n\n" + second));
                regions.addAll(named.values());
            }
            return regions;
        }
    }

    static List<Page> pagesWithJava() {
        return List.of(
                README,
                Page.of("docs/portal.md", QUICKSTART + "PortalSnippets.java"),
                Page.of("docs/direct.md", QUICKSTART + "DirectSnippets.java"),
                Page.of("docs/credentials.md", QUICKSTART + "CredentialsSnippets.java"),
                Page.of("docs/status-changes.md", QUICKSTART + "StatusChangesSnippets.java"),
                Page.of("docs/downloads.md", QUICKSTART + "DownloadsSnippets.java"),
                Page.of("docs/errors.md", QUICKSTART + "ErrorsSnippets.java"),
                Page.of("docs/connections.md", QUICKSTART + "ConnectionsSnippets.java"),
                Page.of("docs/testing.md", QUICKSTART + "TestingSnippets.java"),
                Page.of("docs/spring-boot.md", STARTER + "SpringBootSnippets.java"));
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
    void jobIsCreatedInTenLines() throws IOException {
        assertThat(README.blocks().get(0).lines())
                .filteredOn(line -> !line.isEmpty() && !line.startsWith("import "))
                .hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void readmeHasAtMostEightKibibytes() throws IOException {
        assertThat(Files.size(ROOT.resolve("README.md"))).isLessThanOrEqualTo(8 * 1024);
    }

    @Test
    void everyLinkWithinTheProjectLeadsSomewhere() throws IOException {
        for (Path page : pages().toList()) {
            assertThat(LINK.matcher(Files.readString(page)).results())
                    .as(page.toString())
                    .allMatch(
                            link -> leadsSomewhere(page, link.group(1), link.group(2)), "link to an existing section");
        }
    }

    private static boolean leadsSomewhere(Path page, String file, String section) {
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.exists(target) && (section == null || sections(target).contains(section));
    }

    /** Returns the anchors of the headings, as GitHub derives them. */
    private static List<String> sections(Path page) {
        return HEADING.matcher(FENCED_BLOCK.matcher(read(page)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static Stream<Path> pages() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path directory : directoriesWithPages()) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(found::add);
            }
        }
        return found.stream();
    }

    private static List<Path> directoriesWithPages() throws IOException {
        try (Stream<Path> samples = Files.list(ROOT.resolve("samples"))) {
            return Stream.concat(Stream.of(ROOT, ROOT.resolve("docs")), samples.filter(Files::isDirectory))
                    .toList();
        }
    }

    private static boolean contains(Path page, Pattern pattern) {
        return pattern.matcher(read(page)).find();
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutIndentation(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
    }
}
