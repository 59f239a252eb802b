package io.laundrybridge.benchmark.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The figures of the system about one process. Memory is known on Linux alone, elsewhere {@code NaN}. */
public final class ProcessFigures {
    private final long pid;

    public ProcessFigures(long pid) {
        this.pid = pid;
    }

    /** User and system time so far, in microseconds; {@code NaN} once it has ended. */
    public double cpuMicros() {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .map(time -> time.toNanos() / 1e3)
                .orElse(Double.NaN);
    }

    /** Returns the compilers' part of the cost, in microseconds; 0 if it is no virtual machine. */
    public long compilerMicros() {
        return new CompilerThreads(pid).cpuMicros();
    }

    /**
     * Returns how many threads have names that begin so, in the 15 letters that the system keeps; 0 if not on Linux.
     */
    public long threads(String beginning) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.filter(thread -> name(thread).startsWith(beginning)).count();
        } catch (IOException notLinuxOrGone) {
            return 0;
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm"));
        } catch (IOException ended) {
            return "";
        }
    }

    /** Resident memory now, in MiB. */
    public double residentMiB() {
        return memory("VmRSS:");
    }

    /** Returns the most resident memory that it ever had, in MiB. */
    public double peakMiB() {
        return memory("VmHWM:");
    }

    private double memory(String line) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(candidate -> candidate.startsWith(line))
                    .mapToDouble(found -> Double.parseDouble(found.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /** Returns bytes of live heap after two full collections; {@code NaN} if it is no JVM of this JDK. */
    public double liveHeapBytes() {
        collect("GC.run");
        collect("GC.run");
        // The histogram counts what is reachable alone; its last line is the sum.
        String[] sum = collect("GC.class_histogram").strip().split("\\s+", -1);
        return sum.length == 3 && sum[0].equals("Total") ? Double.parseDouble(sum[2]) : Double.NaN;
    }

    /** Runs a diagnostic command; its answer's last line. */
    private String collect(String command) {
        try {
            Process jcmd = new ProcessBuilder(Child.tool("jcmd"), Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            String last = "";
            try (BufferedReader answer = jcmd.inputReader(StandardCharsets.UTF_8)) {
                for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                    last = line.isBlank() ? last : line;
                }
            }
            if (!jcmd.waitFor(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS)) {
                jcmd.destroyForcibly();
            }
            return last;
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
