package io.laundrybridge.dashboard.browser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Machines that keep reporting on a thread of their own, until they are stopped. */
final class SteadyReports implements AutoCloseable {
    private final List<OneMachine> machines = new ArrayList<>();
    private final Thread thread = new Thread(this::report, "steady-reports");
    private volatile boolean stopped;
    private final AtomicInteger rounds = new AtomicInteger();

    private SteadyReports(String bootstrapServers, String topic, List<String> keys) {
        keys.forEach(key -> machines.add(new OneMachine(bootstrapServers, topic, key)));
    }

    /** Every machine of {@code keys} reports once in each round, from now on. */
    static SteadyReports of(String bootstrapServers, String topic, List<String> keys) {
        SteadyReports reports = new SteadyReports(bootstrapServers, topic, keys);
        reports.thread.start();
        return reports;
    }

    /** Returns the number of rounds that Kafka has. */
    int rounds() {
        return rounds.get();
    }

    /** Stops, and returns how often each key was written. */
    Map<String, Long> stop() throws InterruptedException {
        stopped = true;
        thread.join();
        Map<String, Long> written = new HashMap<>();
        machines.forEach(machine -> written.put(machine.key(), (long) rounds.get()));
        return written;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        machines.forEach(OneMachine::close);
    }

    private void report() {
        while (!stopped) {
            machines.forEach(machine -> machine.report(1)); // at Kafka's pace: each is acknowledged before the next
            rounds.incrementAndGet();
        }
    }
}
