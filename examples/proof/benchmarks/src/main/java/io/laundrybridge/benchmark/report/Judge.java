package io.laundrybridge.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Collects the verdicts of one workload's rule, and gives it what the run has measured. */
final class Judge {
    private final Results results;
    private final String workload;
    private final int heapMiB;
    private final List<Verdict> verdicts = new ArrayList<>();

    Judge(Results results, String workload, int heapMiB) {
        this.results = results;
        this.workload = workload;
        this.heapMiB = heapMiB;
    }

    List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    /** Returns the heap of every server that is a JVM. */
    OptionalDouble heapMiB() {
        return OptionalDouble.of(heapMiB);
    }

    /** Returns the variant that the run shows first; others are compared with it. */
    String firstVariant() {
        return results.variants(workload).get(0);
    }

    /** Returns the median over the windows; empty if nothing was measured. */
    OptionalDouble median(String variant, String server, Figure figure) {
        return results.median(workload, variant, server, figure);
    }

    /** Returns our median divided by that of another server in the same variant. */
    OptionalDouble of(String other, String variant, String server, Figure figure) {
        return ratio(median(variant, server, figure), median(variant, other, figure));
    }

    /** Returns our median divided by that of the better naive endpoint in our container. */
    OptionalDouble ofNaive(String variant, String server, Figure figure, boolean moreIsBetter) {
        return ratio(median(variant, server, figure), naive(variant, server, figure, moreIsBetter));
    }

    /** Returns the median of the better naive endpoint in our container. */
    OptionalDouble naive(String variant, String server, Figure figure, boolean moreIsBetter) {
        return results.naive(workload, variant, Bars.container(server), figure, moreIsBetter);
    }

    /** Returns the least value over the windows, or the greatest; empty if nothing was measured. */
    OptionalDouble worst(String variant, String server, Figure figure, boolean moreIsBetter) {
        var range = results.range(workload, variant, server, figure);
        return range.getCount() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(moreIsBetter ? range.getMin() : range.getMax());
    }

    static OptionalDouble ratio(OptionalDouble of, OptionalDouble to) {
        return of.isPresent() && to.isPresent() && to.getAsDouble() > 0
                ? OptionalDouble.of(of.getAsDouble() / to.getAsDouble())
                : OptionalDouble.empty();
    }

    /** Losses are added up over all windows; they are unknown if the server ended. */
    void nothingLost(String variant, String server) {
        double lost = results.sum(workload, variant, server, Figure.MISSING)
                + results.sum(workload, variant, server, Figure.LATE);
        boolean told = median(variant, server, Figure.MISSING).isPresent()
                && results.failures(workload, variant, server).isEmpty();
        String bar = "missing unannounced, or out of order";
        atMost(server, bar, told ? OptionalDouble.of(lost) : OptionalDouble.empty(), 0);
    }

    void atLeast(String server, String bar, OptionalDouble measured, double limit) {
        verdicts.add(new Verdict(workload, server, bar, measured, limit, true));
    }

    void atMost(String server, String bar, OptionalDouble measured, double limit) {
        verdicts.add(new Verdict(workload, server, bar, measured, limit, false));
    }
}
