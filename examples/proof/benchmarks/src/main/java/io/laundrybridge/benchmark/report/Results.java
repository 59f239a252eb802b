package io.laundrybridge.benchmark.report;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The samples of a run, and their medians over windows. */
final class Results {
    private final List<Sample> samples;

    Results(List<Sample> samples) {
        this.samples = List.copyOf(samples);
    }

    /** Returns the workloads that were run, in that order. */
    List<String> workloads() {
        return samples.stream().map(Sample::workload).distinct().toList();
    }

    /** Returns the variants of a workload. */
    List<String> variants(String workload) {
        return of(workload).map(Sample::variant).distinct().toList();
    }

    /** Returns the servers that were run in a variant. */
    List<String> servers(String workload, String variant) {
        return of(workload)
                .filter(sample -> sample.variant().equals(variant))
                .map(Sample::server)
                .distinct()
                .toList();
    }

    /** Returns all samples. */
    Stream<Sample> stream() {
        return samples.stream();
    }

    /** Returns the median over the windows; empty if nothing was measured. */
    OptionalDouble median(String workload, String variant, String server, Figure figure) {
        double[] sorted = values(workload, variant, server, figure).sorted().toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /** Least and most over the windows. */
    DoubleSummaryStatistics range(String workload, String variant, String server, Figure figure) {
        return values(workload, variant, server, figure).summaryStatistics();
    }

    /**
     * Returns the better of the naive endpoint's two variants in a container, for this figure; those that lost events
     * count too.
     */
    OptionalDouble naive(String workload, String variant, String container, Figure figure, boolean moreIsBetter) {
        double[] both = Stream.of("async", "basic")
                .map(remote -> median(workload, variant, "naive-" + container + "-" + remote, figure))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        return moreIsBetter ? Arrays.stream(both).max() : Arrays.stream(both).min();
    }

    /** Returns the sum of a figure over the windows; for losses, which a median could hide. */
    double sum(String workload, String variant, String server, Figure figure) {
        return values(workload, variant, server, figure).sum();
    }

    /** Returns the number of failures. */
    List<Sample> failures(String workload, String variant, String server) {
        return of(workload)
                .filter(sample -> sample.variant().equals(variant)
                        && sample.server().equals(server)
                        && !sample.failure().isEmpty())
                .toList();
    }

    private DoubleStream values(String workload, String variant, String server, Figure figure) {
        return of(workload)
                .filter(sample ->
                        sample.variant().equals(variant) && sample.server().equals(server))
                .map(sample -> sample.figures().get(figure))
                .filter(value -> value != null && Double.isFinite(value))
                .mapToDouble(Double::doubleValue);
    }

    private Stream<Sample> of(String workload) {
        return samples.stream().filter(sample -> sample.workload().equals(workload));
    }
}
