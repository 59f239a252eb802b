package io.laundrybridge.benchmark.report;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Whether a bar was reached.
 *
 * @param workload the bar's workload
 * @param server the server that had to reach it
 * @param bar the bar in words
 * @param measured the measured value; empty if the run has none
 * @param limit the value of the bar
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
