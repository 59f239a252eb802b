package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.load.LoadClient;
import io.laundrybridge.benchmark.load.LoadPlan;
import io.laundrybridge.benchmark.peer.Ground;
import io.laundrybridge.benchmark.peer.Peer;
import io.laundrybridge.benchmark.peer.Running;
import io.laundrybridge.benchmark.process.Child;
import io.laundrybridge.benchmark.process.ClassPath;
import io.laundrybridge.benchmark.process.ProcessFigures;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server with a topic and a load client of its own, ready to be measured. Used by one thread. */
final class Station implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** So that stalled clients are felt soon: else the kernel takes megabytes for each. */
    private static final int SMALL_BUFFER = 64 * 1024;

    private final Workload workload;
    private final Timing timing;
    private final Ground ground;
    private final Child producer;
    private final Running server;
    private final Child load;
    private int clients;

    private Station(Workload workload, Timing timing, Ground ground, Child producer, Running server, Child load) {
        this.workload = workload;
        this.timing = timing;
        this.ground = ground;
        this.producer = producer;
        this.server = server;
        this.load = load;
    }

    /** Starts the server and the load client. */
    static Station open(Workload workload, Timing timing, Peer peer, Ground ground, Child producer, int readers) {
        Running server = peer.start(ground);
        try {
            LoadPlan plan = new LoadPlan(
                    server.port(),
                    server.path(),
                    peer.dialect(),
                    workload.load().leastBytes(),
                    1,
                    readers,
                    workload.load().ownKey(),
                    workload.load().flush(),
                    workload.load().compress(),
                    workload.name().equals("slow-readers") ? SMALL_BUFFER : 0);
            Child load = Child.start(
                    "load-" + peer.name() + "-" + ground.topic(),
                    Child.java(List.of("-Xmx512m"), ClassPath.own(), LoadClient.class.getName(), plan.arguments()),
                    ground.folder());
            return new Station(workload, timing, ground, producer, server, load);
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

    /** What the system says about the server. */
    ProcessFigures figures() {
        return new ProcessFigures(server.pid());
    }

    /** Why the server does not run any more; empty while it does. */
    String death() {
        return server.alive() ? "" : "the server ended" + server.child().lastWords();
    }

    /** Opens all clients and waits until they are subscribed. */
    void openClients() {
        clients = workload.load().clients();
        load.ask("open " + clients, "opened", PATIENCE);
        long deadline = System.nanoTime()
                + PATIENCE.toNanos()
                + clients * Duration.ofMillis(20).toNanos();
        String answer = "";
        do {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("of " + clients + " clients, " + answer);
            }
            sleep(Duration.ofMillis(50));
            answer = load.ask("ready", "ready", PATIENCE);
            String reason = answer.replaceFirst("ready \\d+ ", "");
            if (!reason.isEmpty()) {
                throw new IllegalStateException("clients cannot subscribe: " + reason);
            }
        } while (!answer.startsWith("ready " + clients + " "));
    }

    /** The producer starts. */
    void produce(int rate) {
        Load wanted = workload.load();
        producer.ask(
                "start --feed=" + server.feed() + " --to=" + server.source() + " --topic=" + ground.topic() + " --rate="
                        + rate + " --bytes=" + wanted.leastBytes() + " --keys=" + wanted.keys() + " --per-key="
                        + wanted.ownKey() + " --laundry=" + wanted.laundry(),
                "started",
                PATIENCE);
    }

    /** The number of the event that the producer writes next. */
    long produced() {
        return number(producer.ask("next", "next", PATIENCE));
    }

    /** The number of the event that it would write next if nothing had held it up. */
    long due() {
        return number(producer.ask("due", "due", PATIENCE));
    }

    /** The producer stops; the number of the event that would have been next. */
    long stopProducing() {
        return number(producer.ask("stop", "next", PATIENCE));
    }

    /** The producer stops, if it runs. */
    void stopQuietly() {
        if (producer.alive()) {
            producer.tell("stop");
        }
    }

    /** Waits until everybody has everything, within bounds; how many have not. */
    long drain(long produced) {
        long perStream = workload.load().ownKey() ? produced / workload.load().keys() : produced;
        long deadline = System.nanoTime() + timing.drain().toNanos();
        long behind = number(load.ask("behind " + perStream, "behind", PATIENCE));
        while (behind > 0 && System.nanoTime() < deadline && server.alive()) {
            sleep(Duration.ofMillis(50));
            behind = number(load.ask("behind " + perStream, "behind", PATIENCE));
        }
        return behind;
    }

    /** The load client counts from zero. */
    void mark() {
        load.ask("mark", "marked", PATIENCE);
    }

    /** What the load client has counted since the mark. */
    Map<String, Double> read() {
        Map<String, Double> counts = new HashMap<>();
        for (String pair : load.ask("read", "events=", PATIENCE).split(" ", -1)) {
            int equals = pair.indexOf('=');
            counts.put(pair.substring(0, equals), Double.parseDouble(pair.substring(equals + 1)));
        }
        return counts;
    }

    /** Tells the load client something that ends in a number, and returns the number of the answer. */
    long tell(String line, String answer) {
        return number(load.ask(line, answer, PATIENCE));
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private static long number(String answer) {
        return Long.parseLong(answer.split(" ", -1)[1]);
    }

    @Override
    public void close() {
        load.close();
        server.close();
    }
}
