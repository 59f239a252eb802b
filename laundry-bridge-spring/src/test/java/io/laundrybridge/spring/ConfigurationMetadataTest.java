package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the metadata, which editors offer for {@code application.properties}, with the documentation. */
class ConfigurationMetadataTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final Pattern KEY = Pattern.compile("^\\| `(laundry-bridge\\.[^`]+)`", Pattern.MULTILINE);

    @Test
    void editorsOfferEveryKeyOfTheDocumentation() throws IOException {
        Set<String> documented = KEY.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .map(row -> row.substring(3, row.length() - 1))
                .map(key -> key.replaceFirst("\\.(NAME|\\*).*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(offered()).isEqualTo(documented);
    }

    private static Set<String> offered() throws IOException {
        Set<String> names = new TreeSet<>();
        try (InputStream file =
                ConfigurationMetadataTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property : new JsonMapper().readTree(file).path("properties")) {
                names.add(property.path("name").asString());
            }
        }
        return names;
    }
}
