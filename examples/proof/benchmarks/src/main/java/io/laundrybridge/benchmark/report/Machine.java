package io.laundrybridge.benchmark.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * The place and time of a run.
 *
 * @param heapMiB of every server that is a JVM
 */
public record Machine(
        String time,
        int processors,
        String model,
        String memory,
        String system,
        String virtualisation,
        String java,
        int heapMiB) {
    private static final String UNKNOWN = "unknown";

    /** Files of earlier runs do not tell the virtualisation. */
    public Machine {
        virtualisation = Objects.requireNonNullElse(virtualisation, UNKNOWN);
    }

    /** Returns this machine, now. */
    public static Machine here(int heapMiB) {
        return new Machine(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Runtime.getRuntime().availableProcessors(),
                line("/proc/cpuinfo", "model name"),
                line("/proc/meminfo", "MemTotal"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                virtualisationHere(),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                heapMiB);
    }

    private static String line(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** Returns what systemd detects, {@code kvm} or {@code none} for example; else what the processor tells. */
    private static String virtualisationHere() {
        try {
            Process detect = new ProcessBuilder("systemd-detect-virt", "--vm")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(detect.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return answer.isEmpty() ? byFlag() : answer;
        } catch (IOException notInstalled) {
            return byFlag();
        }
    }

    private static String byFlag() {
        String flags = line("/proc/cpuinfo", "flags");
        return flags.equals(UNKNOWN) ? UNKNOWN : flags.contains("hypervisor") ? "a virtual machine" : "none";
    }

    /** Returns it as one sentence. */
    String sentence() {
        return "%s: %d processors (%s), memory %s, kernel %s, virtualisation %s, %s; servers with a heap of %d MiB."
                .formatted(time, processors, model, memory, system, virtualisation, java, heapMiB);
    }
}
