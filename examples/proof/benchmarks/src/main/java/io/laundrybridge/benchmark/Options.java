package io.laundrybridge.benchmark;

import io.laundrybridge.benchmark.load.Reading;
import io.laundrybridge.benchmark.peer.Launches;
import io.laundrybridge.benchmark.peer.Peer;
import io.laundrybridge.benchmark.peer.Peers;
import io.laundrybridge.benchmark.process.Arguments;
import io.laundrybridge.benchmark.workload.Timing;
import io.laundrybridge.benchmark.workload.Workload;
import io.laundrybridge.benchmark.workload.Workloads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options of the command line.
 *
 * @param windows of each server and workload
 * @param heapMiB of every server that is a JVM
 * @param liveHeap whether live heap is measured after each window
 * @param out the folder for report, picture, samples and logs
 * @param reportOf samples of an earlier run, to make a report of them again; empty to measure
 * @param deadline after which a run gives up, whatever it does
 */
record Options(
        List<Workload> workloads,
        List<Peer> servers,
        int windows,
        Timing timing,
        int heapMiB,
        Reading reading,
        boolean liveHeap,
        Path out,
        Optional<Path> reportOf,
        Duration deadline) {

    static final String HELP = """
        Measures the bridge beside what one would pick instead; docs/performance.md says how.

          WORKLOAD...                %s; all by default
          --workloads=NAME,...       the same
          --servers=NAME,...         ours, naive, vertx, stomp, nats, floor, or longer: naive-tomcat, naive-tomcat-async
          --starts=WAY,...           ways to start ours: plain, archive, warm-up, both; plain by default
          --warm-up=DURATION         the longest of warm-up and both, 5s by default
          --java=HOME,...            JVMs of ours, that of the benchmark by default
          --gateway=FILE.jar         ours is this jar; its startup archives are beside it
          --windows=N                windows of each, 5 by default
          --window-seconds=N         10 by default
          --warm-up-seconds=N        at the most, 120 by default
          --quick                    everything in small and once, to see that it works
          --heap-mib=N               of every server that is a JVM, 256 by default
          --load-client=java         also where the one in C would do
          --readers=N                threads of the load client in Java, 1 by default
          --live-heap                measured too, by full collections after each window
          --out=FOLDER               target/benchmark by default
          --report=SAMPLES.jsonl     no run: the report of an earlier one
          --deadline-minutes=N       then it gives up, 300 by default
        """.formatted(String.join(", ", Workloads.names()));

    private static final List<String> NAMES = List.of(
            "workloads",
            "servers",
            "starts",
            "warm-up",
            "java",
            "gateway",
            "windows",
            "window-seconds",
            "warm-up-seconds",
            "quick",
            "heap-mib",
            "readers",
            "load-client",
            "live-heap",
            "out",
            "report",
            "deadline-minutes",
            "help");

    static Options of(String[] arguments) {
        Arguments given = new Arguments(arguments);
        given.refuseOthers(NAMES);
        boolean quick = given.flag("quick");
        return new Options(
                Workloads.named(workloads(given), quick),
                Peers.named(
                        given.list("servers", List.of("naive", "ours", "vertx", "stomp", "nats", "floor")),
                        launches(given)),
                Math.max(1, given.number("windows", 5)),
                Timing.seconds(given.number("window-seconds", 10), given.number("warm-up-seconds", 120), quick),
                given.number("heap-mib", 256),
                new Reading(
                        Math.max(1, given.number("readers", 1)),
                        !given.text("load-client", "c").equals("java")),
                given.flag("live-heap"),
                Path.of(given.text("out", "target/benchmark")),
                Optional.of(given.text("report", ""))
                        .filter(file -> !file.isEmpty())
                        .map(Path::of),
                Duration.ofMinutes(given.number("deadline-minutes", 300)));
    }

    /** Returns the usual way, unless an option asks for another. */
    private static Launches launches(Arguments given) {
        boolean usual = Stream.of("starts", "java", "gateway")
                .allMatch(name -> given.text(name, "").isEmpty());
        return usual
                ? Launches.usual()
                : Launches.of(
                        given.list("java", List.of(System.getProperty("java.home"))),
                        given.text("gateway", ""),
                        given.list("starts", List.of("plain")),
                        given.text("warm-up", "5s"));
    }

    private static List<String> workloads(Arguments given) {
        return given.list("workloads", given.words().isEmpty() ? Workloads.names() : given.words());
    }
}
