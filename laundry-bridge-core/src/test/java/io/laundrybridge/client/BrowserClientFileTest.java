package io.laundrybridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The minified browser client is in the repository, so that a build needs no Node; {@code .ci/minify-client} makes it.
 */
class BrowserClientFileTest {
    private static final Path FOLDER = Path.of("src", "main", "resources", "META-INF", "resources", "laundry-bridge");
    private static final String CURE = "run .ci/minify-client and commit what it writes";

    @Test
    void theFileThatPagesImportIsMadeOfTheReadableOne() throws Exception {
        JsonNode map = JsonMapper.shared().readTree(read("laundry-bridge.js.map"));

        assertThat(map.path("sources").path(0).asString()).isEqualTo("laundry-bridge.src.js");
        assertThat(map.path("sourcesContent").path(0).asString())
                .as(CURE)
                .isEqualTo(new String(read("laundry-bridge.src.js"), StandardCharsets.UTF_8));
        assertThat(map.path("x_sha256").asString()).as(CURE).isEqualTo(sha256(read("laundry-bridge.js")));
    }

    @Test
    void theFileThatPagesImportNamesItsMapAndIsSmallCompressed() throws Exception {
        byte[] content = read("laundry-bridge.js");

        assertThat(new String(content, StandardCharsets.UTF_8)).endsWith("//# sourceMappingURL=laundry-bridge.js.map");
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        assertThat(compressed.size()).isLessThanOrEqualTo(8 * 1024);
    }

    private static byte[] read(String name) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(name));
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
