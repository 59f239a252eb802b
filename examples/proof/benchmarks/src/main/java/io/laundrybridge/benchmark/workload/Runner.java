package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.load.Reading;
import io.laundrybridge.benchmark.peer.Ground;
import io.laundrybridge.benchmark.peer.Peer;
import io.laundrybridge.benchmark.process.Child;
import io.laundrybridge.benchmark.report.Figure;
import io.laundrybridge.benchmark.report.Sample;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs the variants of one workload: round by round, and within a round server by server, so that changes of the
 * machine affect all alike. Servers run side by side, but events go to one at a time. Used by one thread.
 */
public final class Runner {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Child broker;
    private final Child producer;
    private final Ground ground;
    private final Timing timing;
    private final Reading reading;
    private final boolean liveHeap;
    private final Consumer<Sample> samples;
    private final Map<String, Station> stations = new LinkedHashMap<>();
    private int topics;

    /**
     * Returns a runner whose servers use {@code ground}, each with its own topic.
     *
     * @param reading the load clients
     * @param liveHeap whether to collect garbage after each window and measure the live heap
     */
    public Runner(
            Child broker,
            Child producer,
            Ground ground,
            Timing timing,
            Reading reading,
            boolean liveHeap,
            Consumer<Sample> samples) {
        this.broker = broker;
        this.producer = producer;
        this.ground = ground;
        this.timing = timing;
        this.reading = reading;
        this.liveHeap = liveHeap;
        this.samples = samples;
    }

    /** Warms broker and producer, for as long as servers get to warm up. */
    public void rehearse() {
        new Rehearsal(broker, producer, ground.brokers()).run(timing.warmUp());
    }

    /** Runs all variants of one name. */
    public void run(List<Workload> variants, List<Peer> peers, int windows) {
        try {
            for (int window = 1; window <= windows; window++) {
                for (Workload workload : variants) {
                    for (Peer peer : peers) {
                        if (window <= workload.mostWindows() && workload.isFor(peer)) {
                            samples.accept(sample(workload, peer, window));
                        }
                    }
                }
            }
        } finally {
            stations.values().forEach(Station::close);
            stations.clear();
        }
    }

    private Sample sample(Workload workload, Peer peer, int window) {
        String key = workload.title() + " " + peer.name();
        try {
            Station station = stations.get(key);
            if (station == null) {
                station = prepared(workload, peer, key);
            }
            var figures = workload.course().measure(station);
            if (liveHeap) {
                figures.put(Figure.LIVE_HEAP, station.figures().liveHeapBytes() / (1024 * 1024));
            }
            String failure = station.death();
            if (workload.fresh() || !failure.isEmpty()) {
                forget(key);
            }
            return new Sample(workload.name(), workload.variant(), peer.name(), window, figures, failure);
        } catch (RuntimeException e) {
            String death = stations.containsKey(key) ? stations.get(key).death() : "";
            forget(key);
            String failure = death.isEmpty() ? String.valueOf(e.getMessage()) : death;
            return new Sample(workload.name(), workload.variant(), peer.name(), window, Map.of(), failure);
        }
    }

    private Station prepared(Workload workload, Peer peer, String key) {
        String topic = "bench-" + topics++;
        broker.ask("topic " + topic + " 1", "created", PATIENCE);
        for (int i = 0; i < workload.load().topics(); i++) {
            broker.ask("topic " + Load.topic(topic, i) + " " + Load.PARTITIONS, "created", PATIENCE);
        }
        int heap = Math.max(ground.heapMiB(), workload.leastHeapMiB());
        List<String> settings = workload.load().settings(ground.folder(), topic);
        int flush = workload.load().flush();
        Ground own = new Ground(ground.brokers(), topic, heap, ground.folder(), settings, flush);
        Station station = Station.open(workload, timing, peer, own, producer, reading);
        stations.put(key, station);
        workload.course().prepare(station);
        return station;
    }

    private void forget(String key) {
        Station gone = stations.remove(key);
        if (gone != null) {
            gone.stopQuietly();
            gone.close();
        }
    }
}
