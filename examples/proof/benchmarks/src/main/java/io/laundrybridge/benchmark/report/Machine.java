package io.laundrybridge.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The place and time of a run.
 *
 * @param heapMiB of every server that is a JVM
 */
public record Machine(
        String time, int processors, String model, String memory, String system, String java, int heapMiB) {

    /** Returns this machine, now. */
    public static Machine here(int heapMiB) {
        return new Machine(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Runtime.getRuntime().availableProcessors(),
                line("/proc/cpuinfo", "model name"),
                line("/proc/meminfo", "MemTotal"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                heapMiB);
    }

    private static String line(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Returns it as one sentence. */
    String sentence() {
        return "%s: %d processors (%s), memory %s, %s, %s; servers with a heap of %d MiB."
                .formatted(time, processors, model, memory, system, java, heapMiB);
    }
}
