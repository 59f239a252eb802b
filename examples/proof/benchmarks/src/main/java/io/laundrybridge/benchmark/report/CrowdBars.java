package io.laundrybridge.benchmark.report;

import java.util.List;
import java.util.OptionalDouble;

/** The bars of workloads in which clients differ: they stop, select, come back, are many or get compressed frames. */
final class CrowdBars {
    private CrowdBars() {}

    static void slowReaders(Judge judge, String variant, String server) {
        String allRead = judge.firstVariant();
        if (variant.equals(allRead)) {
            return;
        }
        OptionalDouble growth = judge.median(variant, server, Figure.RESIDENT_GROWTH);
        judge.atMost(server, variant + ": RSS grew by MiB", growth, 16);
        OptionalDouble ratio =
                Judge.ratio(judge.median(variant, server, Figure.P99), judge.median(allRead, server, Figure.P99));
        judge.atMost(server, variant + ": others' p99, of the run without", ratio, 2);
    }

    static void topics(Judge judge, String variant, String server) {
        judge.atMost(server, "threads of the bridge", judge.median(variant, server, Figure.THREADS), 20);
        judge.atMost(server, "start, s", judge.median(variant, server, Figure.START), 10);
        judge.atMost(server, "stop, s", judge.median(variant, server, Figure.STOP), 5);
        judge.atMost(server, "live heap, MiB", judge.median(variant, server, Figure.LIVE_HEAP), 300);
        judge.atMost(server, "processors used, idle", judge.median(variant, server, Figure.IDLE), 0.05);
        judge.nothingLost(variant, server);
    }

    static void idle(Judge judge, String variant, String server) {
        OptionalDouble ours = judge.median(variant, server, Figure.HEAP_A_SESSION);
        OptionalDouble naive = judge.naive(variant, server, Figure.HEAP_A_SESSION, false);
        OptionalDouble beyond = ours.isPresent() && naive.isPresent()
                ? OptionalDouble.of(ours.getAsDouble() - naive.getAsDouble())
                : OptionalDouble.empty();
        judge.atMost(server, "heap bytes/session beyond naive", beyond, 4096);
    }

    static void selective(Judge judge, String variant, String server) {
        ofFirst(judge, variant, server, 1.5);
    }

    static void selectiveRows(Judge judge, String variant, String server) {
        ofFirst(judge, variant, server, 1.2);
    }

    private static void ofFirst(Judge judge, String variant, String server, double limit) {
        String first = judge.firstVariant();
        if (variant.equals(first)) {
            return;
        }
        OptionalDouble ratio =
                Judge.ratio(judge.median(variant, server, Figure.CPU), judge.median(first, server, Figure.CPU));
        judge.atMost(server, variant + ": CPU per delivery, of " + first, ratio, limit);
        judge.nothingLost(variant, server);
    }

    static void resume(Judge judge, String variant, String server) {
        judge.atLeast(server, "events/s from memory", judge.median(variant, server, Figure.RESUME_RATE), 500_000);
        OptionalDouble during = judge.median(variant, server, Figure.P99);
        OptionalDouble before = judge.median(variant, server, Figure.P99_BEFORE);
        judge.atMost(server, "others' p99, of before", Judge.ratio(during, before), 2);
        judge.nothingLost(variant, server);
    }

    static void behind(Judge judge, String variant, String server) {
        OptionalDouble ratio = Judge.ratio(
                judge.median(variant, server, Figure.CPU), judge.median(variant, server, Figure.CPU_AT_HEAD));
        judge.atMost(server, "CPU per delivery, of that at the head", ratio, 1.5);
        judge.nothingLost(variant, server);
    }

    static void recovery(Judge judge, String variant, String server) {
        judge.atMost(server, "all live after s", judge.worst(variant, server, Figure.CATCH_UP, false), 10);
        judge.nothingLost(variant, server);
    }

    static void storm(Judge judge, String variant, String server) {
        judge.atMost(server, "all live after s", judge.worst(variant, server, Figure.CATCH_UP, false), 5);
        OptionalDouble during = judge.median(variant, server, Figure.P99);
        OptionalDouble together = judge.median(variant, server, Figure.P99_TOGETHER);
        judge.atMost(server, "others' p99, of that with all clients", Judge.ratio(during, together), 3);
        OptionalDouble alone = judge.median(variant, server, Figure.P99_BEFORE);
        judge.atMost(server, "others' p99, of that without the crowd", Judge.ratio(during, alone), 3);
        judge.nothingLost(variant, server);
    }

    static void compressed(Judge judge, String variant, String server) {
        String plain = judge.firstVariant();
        if (variant.equals(plain)) {
            return;
        }
        for (Figure figure : List.of(Figure.BYTES, Figure.CPU)) {
            double limit = figure == Figure.BYTES ? 0.25 : 1.2;
            OptionalDouble ratio =
                    Judge.ratio(judge.median(variant, server, figure), judge.median(plain, server, figure));
            judge.atMost(server, figure.title() + ", of plain", ratio, limit);
        }
    }
}
