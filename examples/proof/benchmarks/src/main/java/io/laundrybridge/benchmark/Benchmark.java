package io.laundrybridge.benchmark;

import io.laundrybridge.benchmark.peer.Ground;
import io.laundrybridge.benchmark.peer.Peer;
import io.laundrybridge.benchmark.process.Child;
import io.laundrybridge.benchmark.process.ClassPath;
import io.laundrybridge.benchmark.producer.ProducerProcess;
import io.laundrybridge.benchmark.report.Machine;
import io.laundrybridge.benchmark.report.Report;
import io.laundrybridge.benchmark.report.Sample;
import io.laundrybridge.benchmark.report.Samples;
import io.laundrybridge.benchmark.server.BrokerProcess;
import io.laundrybridge.benchmark.workload.Runner;
import io.laundrybridge.benchmark.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs the measurements of the options and writes the report. */
public final class Benchmark {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Options options;

    private Benchmark(Options options) {
        this.options = options;
    }

    /** See {@code --help}. */
    public static void main(String[] arguments) throws IOException {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(Options.HELP);
            return;
        }
        System.out.println("Report: " + run(arguments));
    }

    /** Runs, and returns the path of the report. */
    static Path run(String[] arguments) throws IOException {
        Options options = Options.of(arguments);
        return new Benchmark(options).run();
    }

    private Path run() throws IOException {
        Files.createDirectories(options.out());
        if (options.reportOf().isEmpty()) {
            Path file = options.out().resolve("samples.jsonl");
            Samples.begin(file, Machine.here(options.heapMiB()));
            Thread guard = guard();
            measure(file);
            guard.interrupt();
            return Report.of(file).write(options.out());
        }
        return Report.of(options.reportOf().get()).write(options.out());
    }

    private void measure(Path file) {
        Path logs = options.out().resolve("logs");
        try (Child broker = jvm("broker", BrokerProcess.class, "-Xmx768m", logs);
                Child producer = jvm("producer", ProducerProcess.class, "-Xmx256m", logs)) {
            String brokers = broker.await("brokers ", PATIENCE).substring("brokers ".length());
            Ground ground = new Ground(brokers, "", options.heapMiB(), logs, List.of(), 0);
            Runner runner = new Runner(
                    broker,
                    producer,
                    ground,
                    options.timing(),
                    options.reading(),
                    options.liveHeap(),
                    sample -> take(sample, file));
            runner.rehearse();
            List<Peer> peers = available();
            byName().forEach((name, variants) -> runner.run(variants, peers, options.windows()));
        }
    }

    private List<Peer> available() {
        options.servers().stream()
                .filter(peer -> !peer.available())
                .forEach(peer -> System.out.println(peer.name() + " is not installed here: left out"));
        return options.servers().stream().filter(Peer::available).toList();
    }

    private Map<String, List<Workload>> byName() {
        return options.workloads().stream()
                .collect(Collectors.groupingBy(Workload::name, LinkedHashMap::new, Collectors.toList()));
    }

    private static Child jvm(String name, Class<?> main, String heap, Path logs) {
        return Child.start(name, Child.java(List.of(heap), ClassPath.own(), main.getName(), List.of()), logs);
    }

    private static void take(Sample sample, Path file) {
        Samples.append(file, sample);
        System.out.println(sample.line());
    }

    /** Ends this process when the deadline has passed, and with it all children. */
    private Thread guard() {
        Thread guard = new Thread(this::giveUp, "deadline");
        guard.setDaemon(true);
        guard.start();
        return guard;
    }

    private void giveUp() {
        try {
            new CountDownLatch(1).await(options.deadline().toSeconds(), TimeUnit.SECONDS);
            System.err.println("The benchmark has not ended within " + options.deadline() + ": given up");
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException e) {
            // In time.
        }
    }
}
