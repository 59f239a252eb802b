package io.laundrybridge.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The bars that the project has set for itself, each judged by the run alone. */
final class Bars {
    private static final String OURS = "ours-";

    private final Results results;
    private final int heapMiB;
    private final List<Verdict> verdicts = new ArrayList<>();

    private Bars(Results results, int heapMiB) {
        this.results = results;
        this.heapMiB = heapMiB;
    }

    /** Returns the verdicts of every workload and every container of the run. */
    static List<Verdict> verdicts(Results results, int heapMiB) {
        Bars bars = new Bars(results, heapMiB);
        for (String workload : results.workloads()) {
            for (String variant : results.variants(workload)) {
                results.servers(workload, variant).stream()
                        .filter(server -> server.startsWith(OURS))
                        .forEach(server -> bars.judge(workload, variant, server));
            }
        }
        return List.copyOf(bars.verdicts);
    }

    private void judge(String workload, String variant, String server) {
        switch (workload) {
            case "saturation" -> saturation(server);
            case "steady" -> steady(server);
            case "steady-50ms" ->
                atMost(workload, server, "CPU per delivery, of naive", ofNaive(workload, server, Figure.CPU), 0.25);
            case "slow-readers" -> slowReaders(variant, server);
            case "idle" -> idle(server);
            case "selective" -> selective(workload, variant, server, 1.5);
            case "selective-rows" -> selective(workload, variant, server, 1.2);
            case "resume" -> resume(server);
            case "compressed" -> compressed(variant, server);
            default -> throw new IllegalArgumentException("No bar is known for " + workload);
        }
    }

    private void saturation(String server) {
        String name = "saturation";
        OptionalDouble rate = median(name, "", server, Figure.RATE);
        atLeast(name, server, "deliveries/s, of nats-server", ratio(rate, median(name, "", "nats", Figure.RATE)), 1);
        OptionalDouble naive = results.naive(name, "", container(server), Figure.RATE, true);
        atLeast(name, server, "deliveries/s, of naive", ratio(rate, naive), 25);
        nothingLost(name, "", server);
        atMost(name, server, "heap, MiB", OptionalDouble.of(heapMiB), 256);
    }

    private void steady(String server) {
        atMost("steady", server, "CPU per delivery, of naive", ofNaive("steady", server, Figure.CPU), 0.75);
        atMost("steady", server, "p99, of naive", ofNaive("steady", server, Figure.P99), 0.5);
        nothingLost("steady", "", server);
    }

    private void slowReaders(String variant, String server) {
        String name = "slow-readers";
        String allRead = results.variants(name).get(0);
        if (variant.equals(allRead)) {
            return;
        }
        OptionalDouble growth = median(name, variant, server, Figure.RESIDENT_GROWTH);
        atMost(name, server, variant + ": RSS grew by MiB", growth, 16);
        OptionalDouble without = median(name, allRead, server, Figure.P99);
        OptionalDouble with = median(name, variant, server, Figure.P99);
        atMost(name, server, variant + ": others' p99, of the run without", ratio(with, without), 2);
    }

    private void idle(String server) {
        OptionalDouble ours = median("idle", "", server, Figure.HEAP_A_SESSION);
        OptionalDouble naive = results.naive("idle", "", container(server), Figure.HEAP_A_SESSION, false);
        OptionalDouble beyond = ours.isPresent() && naive.isPresent()
                ? OptionalDouble.of(ours.getAsDouble() - naive.getAsDouble())
                : OptionalDouble.empty();
        atMost("idle", server, "heap bytes/session beyond naive", beyond, 4096);
    }

    private void selective(String workload, String variant, String server, double limit) {
        String first = results.variants(workload).get(0);
        if (variant.equals(first)) {
            return;
        }
        OptionalDouble ratio =
                ratio(median(workload, variant, server, Figure.CPU), median(workload, first, server, Figure.CPU));
        atMost(workload, server, variant + ": CPU per delivery, of " + first, ratio, limit);
        nothingLost(workload, variant, server);
    }

    private void resume(String server) {
        atLeast("resume", server, "events/s from memory", median("resume", "", server, Figure.RESUME_RATE), 500_000);
        OptionalDouble during = median("resume", "", server, Figure.P99);
        OptionalDouble before = median("resume", "", server, Figure.P99_BEFORE);
        atMost("resume", server, "others' p99, of before", ratio(during, before), 2);
        nothingLost("resume", "", server);
    }

    private void compressed(String variant, String server) {
        List<String> variants = results.variants("compressed");
        String plain = variants.get(0);
        if (variant.equals(plain)) {
            return;
        }
        for (Figure figure : List.of(Figure.BYTES, Figure.CPU)) {
            OptionalDouble with = median("compressed", variant, server, figure);
            OptionalDouble without = median("compressed", plain, server, figure);
            double limit = figure == Figure.BYTES ? 0.25 : 1.2;
            atMost("compressed", server, figure.title() + ", of plain", ratio(with, without), limit);
        }
    }

    /** Returns the value over all windows; empty if the server died. */
    private void nothingLost(String workload, String variant, String server) {
        double lost = results.sum(workload, variant, server, Figure.MISSING)
                + results.sum(workload, variant, server, Figure.LATE);
        boolean told = median(workload, variant, server, Figure.MISSING).isPresent()
                && results.failures(workload, variant, server).isEmpty();
        String bar = "missing unannounced, or out of order";
        atMost(workload, server, bar, told ? OptionalDouble.of(lost) : OptionalDouble.empty(), 0);
    }

    private OptionalDouble ofNaive(String workload, String server, Figure figure) {
        OptionalDouble naive = results.naive(workload, "", container(server), figure, false);
        return ratio(median(workload, "", server, figure), naive);
    }

    private OptionalDouble median(String workload, String variant, String server, Figure figure) {
        return results.median(workload, variant, server, figure);
    }

    private static OptionalDouble ratio(OptionalDouble of, OptionalDouble to) {
        return of.isPresent() && to.isPresent() && to.getAsDouble() > 0
                ? OptionalDouble.of(of.getAsDouble() / to.getAsDouble())
                : OptionalDouble.empty();
    }

    private static String container(String server) {
        return server.substring(OURS.length());
    }

    private void atLeast(String workload, String server, String bar, OptionalDouble measured, double limit) {
        verdicts.add(new Verdict(workload, server, bar, measured, limit, true));
    }

    private void atMost(String workload, String server, String bar, OptionalDouble measured, double limit) {
        verdicts.add(new Verdict(workload, server, bar, measured, limit, false));
    }
}
