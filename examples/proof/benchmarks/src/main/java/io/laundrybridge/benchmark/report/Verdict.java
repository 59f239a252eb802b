package io.laundrybridge.benchmark.report;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Whether a bar was reached.
 *
 * @param workload the bar's workload
 * @param server who had to reach it
 * @param bar what was to be reached, in words
 * @param measured the value that counts; empty where the run does not tell
 * @param limit that it is compared with
 * @param atLeast whether it must be at least the limit, else at most
 */
record Verdict(String workload, String server, String bar, OptionalDouble measured, double limit, boolean atLeast) {

    boolean told() {
        return measured.isPresent() && Double.isFinite(measured.getAsDouble());
    }

    boolean passed() {
        return told() && (atLeast ? measured.getAsDouble() >= limit : measured.getAsDouble() <= limit);
    }

    String word() {
        return !told() ? "not measured" : passed() ? "pass" : "**FAIL**";
    }

    String measuredText() {
        return told() ? text(measured.getAsDouble()) : "–";
    }

    String limitText() {
        return (atLeast ? "≥ " : "≤ ") + text(limit);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 || value == 0 ? "%,.0f" : "%.2f", value);
    }
}
