package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.load.LoadPlan;
import io.laundrybridge.benchmark.load.Reading;
import io.laundrybridge.benchmark.peer.Ground;
import io.laundrybridge.benchmark.peer.Peer;
import io.laundrybridge.benchmark.peer.Running;
import io.laundrybridge.benchmark.process.Child;
import io.laundrybridge.benchmark.process.ProcessFigures;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A server with a topic and load clients of its own, ready to be measured. Used by one thread. */
final class Station implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** small, so that the server notices stalled clients soon: else the kernel buffers megabytes for each */
    private static final int SMALL_BUFFER = 64 * 1024;

    /** Workloads whose clients come back at other places or by themselves, which the client in C does not. */
    private static final Set<String> IN_JAVA = Set.of("behind", "recovery");

    private static final Set<String> TIMES = Set.of("p50", "p99", "p999", "max");

    private final Workload workload;
    private final Timing timing;
    private final Ground ground;
    private final Child producer;
    private final Running server;
    private final LoadPlan plan;
    private final Reading reading;
    private final Duration start;
    /** The timed clients, then the others. */
    private final List<Listeners> listeners = new ArrayList<>();

    private final long started = System.nanoTime();
    private boolean stopped;

    private Station(
            Workload workload,
            Timing timing,
            Ground ground,
            Child producer,
            Running server,
            LoadPlan plan,
            Reading reading,
            Duration start) {
        this.workload = workload;
        this.timing = timing;
        this.ground = ground;
        this.producer = producer;
        this.server = server;
        this.plan = plan;
        this.reading = reading;
        this.start = start;
    }

    /** Starts the server. */
    static Station open(Workload workload, Timing timing, Peer peer, Ground ground, Child producer, Reading reading) {
        long before = System.nanoTime();
        Running server = peer.start(ground);
        Duration start = Duration.ofNanos(System.nanoTime() - before);
        try {
            LoadPlan plan = new LoadPlan(
                    server.port(),
                    server.path(),
                    peer.dialect(),
                    workload.load().leastBytes(),
                    1,
                    reading.threads(),
                    workload.load().choice(),
                    workload.load().keys(),
                    workload.load().signingKey(ground.folder()),
                    workload.load().flush(),
                    workload.load().compress(),
                    workload.name().equals("slow-readers") ? SMALL_BUFFER : 0);
            boolean inC = reading.inC() && !IN_JAVA.contains(workload.name());
            Reading own = new Reading(reading.threads(), inC);
            return new Station(workload, timing, ground, producer, server, plan, own, start);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    Workload workload() {
        return workload;
    }

    Timing timing() {
        return timing;
    }

    /** Returns the system's figures of the server. */
    ProcessFigures figures() {
        return new ProcessFigures(server.pid());
    }

    /** Returns the time that the server took to listen, which ours does once all channels are live. */
    Duration start() {
        return start;
    }

    /** Returns the address of the server's WebSockets. */
    URI address() {
        return URI.create("ws://127.0.0.1:" + server.port() + server.path());
    }

    /** Asks the server to stop, as an operator does, and returns how long that took; at most {@code longest}. */
    Duration stop(Duration longest) {
        stopped = true;
        long before = System.nanoTime();
        ProcessHandle.of(server.pid()).ifPresent(ProcessHandle::destroy);
        while (server.alive() && System.nanoTime() - before < longest.toNanos()) {
            sleep(Duration.ofMillis(5));
        }
        return Duration.ofNanos(System.nanoTime() - before);
    }

    /** Returns the time since the server was started. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Returns the time until the server is {@code age} old; zero if it is older. */
    Duration untilAge(Duration age) {
        Duration left = age.minus(age());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Returns why the server has ended; empty while it runs, or if it was asked to. */
    String death() {
        return stopped || server.alive()
                ? ""
                : "the server ended" + server.child().lastWords();
    }

    /** Opens all clients and waits until they are subscribed. */
    void openClients() {
        open("load", workload.load().clients());
    }

    /** Opens {@code more} untimed clients in their own load client, so that their bytes do not delay the timed ones. */
    void openCrowd(int more) {
        open("crowd", more);
    }

    /** Returns the untimed clients. */
    Listeners crowd() {
        return listeners.get(1);
    }

    private void open(String what, int clients) {
        Listeners opened = Listeners.start(
                what + "-" + server.child().name() + "-" + ground.topic(), plan, reading, ground.folder());
        listeners.add(opened);
        opened.open(clients);
    }

    /** Starts the producer. */
    void produce(int rate) {
        Load wanted = workload.load();
        producer.ask(
                "start --feed=" + server.feed() + " --to=" + server.source() + " --topic=" + ground.topic() + " --rate="
                        + rate + " --bytes=" + wanted.leastBytes() + " --keys=" + wanted.keys() + " --per-key="
                        + wanted.perKey() + " --laundry=" + wanted.laundry() + " --topics=" + wanted.topics()
                        + (wanted.topics() > 0 ? " --partitions=" + Load.PARTITIONS : ""),
                "started",
                PATIENCE);
    }

    /** Returns the number of the event that the producer writes next. */
    long produced() {
        return number(producer.ask("next", "next", PATIENCE));
    }

    /** Stops the producer; returns the number of the next event. */
    long stopProducing() {
        return number(producer.ask("stop", "next", PATIENCE));
    }

    /** Stops the producer if it runs. */
    void stopQuietly() {
        if (producer.alive()) {
            producer.tell("stop");
        }
    }

    /** Waits until all clients have all events, within bounds; returns how many have not. */
    long drain(long produced) {
        long perStream = workload.load().perKey() ? produced / workload.load().keys() : produced;
        long deadline = System.nanoTime() + timing.drain().toNanos();
        long behind = behind(perStream);
        while (behind > 0 && System.nanoTime() < deadline && server.alive()) {
            sleep(Duration.ofMillis(50));
            behind = behind(perStream);
        }
        return behind;
    }

    private long behind(long sequence) {
        return listeners.stream()
                .mapToLong(each -> each.tell("behind " + sequence, "behind"))
                .sum();
    }

    /** Resets the counts of the load clients. */
    void mark() {
        listeners.forEach(Listeners::mark);
    }

    /** Returns the load clients' counts since the mark; times are those of the timed clients. */
    Map<String, Double> read() {
        Map<String, Double> counts = listeners.get(0).read();
        for (Listeners untimed : listeners.subList(1, listeners.size())) {
            untimed.read().forEach((name, count) -> {
                if (!TIMES.contains(name)) {
                    counts.merge(name, count, Double::sum);
                }
            });
        }
        return counts;
    }

    /** Returns the processor time of the timed clients' load client so far, in microseconds. */
    double readersCpuMicros() {
        return listeners.get(0).cpuMicros();
    }

    /** Returns how far every timed client is behind: {@link Listeners#lags}. */
    Map<String, Double> lags() {
        return listeners.get(0).lags();
    }

    /** Sends the load client a command, and returns the number in its answer. */
    long tell(String line, String answer) {
        return listeners.get(0).tell(line, answer);
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    static long number(String answer) {
        return Long.parseLong(answer.split(" ", -1)[1]);
    }

    @Override
    public void close() {
        listeners.forEach(Listeners::close);
        server.close();
    }
}
