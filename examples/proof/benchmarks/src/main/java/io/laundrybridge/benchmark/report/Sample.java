package io.laundrybridge.benchmark.report;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * One window of one server.
 *
 * @param window counted from 1
 * @param figures the measured values; none if it failed
 * @param failure why nothing could be measured, or the error meanwhile; else empty
 */
public record Sample(
        String workload, String variant, String server, int window, Map<Figure, Double> figures, String failure) {

    /** Returns it as one line for a waiting reader of the console. */
    public String line() {
        String measured = figures.entrySet().stream()
                .filter(entry -> Double.isFinite(entry.getValue()))
                .map(entry -> entry.getKey().title() + " " + entry.getKey().format(entry.getValue()))
                .collect(Collectors.joining(", "));
        return String.join(
                " ", workload, variant, server, "window " + window + ":", measured, failure.isEmpty() ? "" : failure);
    }
}
