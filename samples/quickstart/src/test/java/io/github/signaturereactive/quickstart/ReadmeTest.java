package io.github.signaturereactive.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ReadmeTest {

    private static final Path ROOT = Path.of("../..");
    private static final Path SNIPPETS =
            Path.of("src/test/java", ReadmeSnippets.class.getName().replace('.', '/') + ".java");

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// \\[(\\w+)\\R(.*?)// \\1]", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)[^)]*\\)");

    @Test
    void everyJavaBlockIsARegionOfACompiledClass() throws IOException {
        List<String> blocks = blocks(readme());

        assertThat(blocks).isNotEmpty();
        assertThat(regions()).containsAll(blocks);
    }

    @Test
    void everyRegionStandsInTheReadme() throws IOException {
        assertThat(blocks(readme())).containsAll(regions());
    }

    @Test
    void aJobIsCreatedInTenLines() throws IOException {
        assertThat(blocks(readme()).get(0).lines()).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void everyLinkWithinTheProjectLeadsSomewhere() throws IOException {
        for (String page : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
            String text = Files.readString(ROOT.resolve(page));
            assertThat(LINK.matcher(text).results().map(link -> link.group(1)))
                    .as(page)
                    .allMatch(target -> Files.exists(ROOT.resolve(target)));
        }
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static List<String> blocks(String readme) {
        return withoutIndentation(JAVA_BLOCK.matcher(readme).results(), 1);
    }

    private static List<String> regions() throws IOException {
        return withoutIndentation(REGION.matcher(Files.readString(SNIPPETS)).results(), 2);
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
