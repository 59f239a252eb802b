package io.laundrybridge.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tests of the page's modules in JavaScript; skipped if {@code node} is not Node 20 or newer. */
class PageKeepsItsPromisesTest {
    private static final Path UPLOT = Path.of("src", "main", "resources", "dashboard", "vendor", "uplot");

    @TempDir
    Path scratch;

    @Test
    void theModulesKeepTheirPromises() throws IOException, InterruptedException {
        assumeTrue(nodeAnswers(), "node 20 or newer is not on the PATH");
        Path output = scratch.resolve("output");

        int code = run(
                output,
                "node",
                "--test",
                "src/test/js/store.test.mjs",
                "src/test/js/history.test.mjs",
                "src/test/js/steady.test.mjs");

        assertThat(code).as(() -> read(output)).isZero();
    }

    @Test
    void theChartLibraryIsTheOneThatWasPublished() throws Exception {
        for (String line : Files.readAllLines(UPLOT.resolve("SHA256SUMS"))) {
            String[] sumAndName = line.split("  ", 2);
            byte[] file = Files.readAllBytes(UPLOT.resolve(sumAndName[1]));
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(file);
            assertThat(HexFormat.of().formatHex(sum)).as(sumAndName[1]).isEqualTo(sumAndName[0]);
        }
    }

    @Test
    void everythingThePageNamesIsThere() throws IOException {
        try (InputStream page = getClass().getResourceAsStream("/dashboard/index.html")) {
            assertThat(page).isNotNull();
            String html = new String(page.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(html.matches("(?s).*(href|src)=\"(https?:)?//.*"))
                    .as("names another host")
                    .isFalse();
            for (String name : new String[] {"icon.svg", "dashboard.css", "theme-early.js", "app.js"}) {
                assertThat(html).contains('"' + name + '"');
                assertThat(getClass().getResource("/dashboard/" + name))
                        .as(name)
                        .isNotNull();
            }
        }
    }

    private boolean nodeAnswers() throws InterruptedException {
        String check = "process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)";
        try {
            return run(scratch.resolve("version"), "node", "-e", check) == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static int run(Path output, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("ended within a minute")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
