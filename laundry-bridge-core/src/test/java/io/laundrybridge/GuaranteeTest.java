package io.laundrybridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/guarantee.md calls proved has a proof. */
class GuaranteeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+Test)`");

    @Test
    void everyTestThatItNamesExists() throws IOException {
        List<String> named = TEST.matcher(Files.readString(ROOT.resolve("docs/guarantee.md")))
                .results()
                .map(name -> name.group(1))
                .toList();
        assertThat(named).hasSizeGreaterThan(60);
        assertThat(tests()).containsAll(named);
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.map(Path::toString)
                    .filter(path -> path.contains("/src/test/java/") && path.endsWith("Test.java"))
                    .map(path -> path.substring(path.lastIndexOf('/') + 1).replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }
}
