package io.laundrybridge.benchmark.report;

/** The bars of workloads in which everybody gets everything, beside other servers and the floor in C. */
final class SpeedBars {
    private static final String NATS = "nats";
    private static final String FLOOR = "floor";

    private SpeedBars() {}

    static void saturation(Judge judge, String variant, String server) {
        thirdMinute(judge, variant, server);
        judge.atLeast(server, "deliveries/s, of naive", judge.ofNaive(variant, server, Figure.RATE, true), 25);
        judge.atMost(server, "heap, MiB", judge.heapMiB(), 256);
        judge.nothingLost(variant, server);
    }

    static void cold(Judge judge, String variant, String server) {
        judge.atLeast(
                server,
                "deliveries/s of the first 10 s, of the third minute's",
                Judge.ratio(
                        judge.median(variant, server, Figure.COLD_RATE), judge.median(variant, server, Figure.RATE)),
                0.6);
        thirdMinute(judge, variant, server);
        judge.nothingLost(variant, server);
    }

    private static void thirdMinute(Judge judge, String variant, String server) {
        judge.atMost(server, "CPU per delivery, of nats-server", judge.of(NATS, variant, server, Figure.CPU), 0.6);
        judge.atLeast(server, "deliveries/s, of nats-server", judge.of(NATS, variant, server, Figure.RATE), 1);
    }

    static void steady(Judge judge, String variant, String server) {
        judge.atMost(server, "CPU per delivery, of nats-server", judge.of(NATS, variant, server, Figure.CPU), 0.75);
        judge.atMost(server, "CPU per delivery, of the floor", judge.of(FLOOR, variant, server, Figure.CPU), 1.5);
        judge.atMost(server, "CPU per delivery, of naive", judge.ofNaive(variant, server, Figure.CPU, false), 0.75);
        judge.atMost(server, "p99, of naive", judge.ofNaive(variant, server, Figure.P99, false), 0.5);
        judge.nothingLost(variant, server);
    }

    static void steadyWithFlush(Judge judge, String variant, String server) {
        judge.atMost(server, "CPU per delivery, of the floor", judge.of(FLOOR, variant, server, Figure.CPU), 2.5);
        judge.atMost(server, "CPU per delivery, of naive", judge.ofNaive(variant, server, Figure.CPU, false), 0.25);
        judge.nothingLost(variant, server);
    }
}
