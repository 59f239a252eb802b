package io.laundrybridge.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The browser client's own promises, written in JavaScript, as part of this build. They run where Node 20 or newer
 * answers as {@code node}; elsewhere this test is skipped.
 */
class BrowserClientTest {

    private static final Path PROMISES = Path.of("src", "test", "js");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path scratch;

    @Test
    void browserClientKeepsItsPromises() throws IOException, InterruptedException {
        assumeTrue(nodeAnswers(), "node 20 or newer is not on the PATH");
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
        command.addAll(promises());
        Outcome outcome = run(command);
        assertEquals(0, outcome.code(), outcome::output);
    }

    private static List<String> promises() throws IOException {
        try (Stream<Path> files = Files.list(PROMISES)) {
            List<String> names = files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .toList();
            assertFalse(names.isEmpty(), () -> "no *.test.mjs in " + PROMISES.toAbsolutePath());
            return names;
        }
    }

    private boolean nodeAnswers() throws InterruptedException {
        try {
            String check = "process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)";
            return run(List.of("node", "-e", check)).code() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** The output goes to a file, so that a process that says much or never ends cannot hold this thread. */
    private Outcome run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(scratch, "node", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertTrue(ended, () -> command + " did not end within " + PATIENCE);
            return new Outcome(process.exitValue(), Files.readString(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private record Outcome(int code, String output) {}
}
