package io.laundrybridge.benchmark.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Measures the processor time that this machine's host gave to other machines, from a moment on. */
public final class Steal {
    private static final int STEAL = 7;

    private final long[] before = ticks();

    /** Returns the percentage of all processor time since; {@code NaN} if the system does not report it. */
    public double percent() {
        long[] now = ticks();
        if (now.length <= STEAL || before.length != now.length) {
            return Double.NaN;
        }
        long all = Arrays.stream(now).sum() - Arrays.stream(before).sum();
        return all == 0 ? 0 : 100.0 * (now[STEAL] - before[STEAL]) / all;
    }

    /** User, nice, system, idle, iowait, irq, softirq, steal; guest time is within the first two. */
    private static long[] ticks() {
        try {
            String[] words = Files.readAllLines(Path.of("/proc/stat")).get(0).split("\\s+", -1);
            return Arrays.stream(words)
                    .skip(1)
                    .limit(STEAL + 1L)
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (IOException e) {
            return new long[0];
        }
    }
}
