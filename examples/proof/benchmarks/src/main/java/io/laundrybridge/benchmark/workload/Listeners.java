package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.load.LoadPlan;
import io.laundrybridge.benchmark.load.Reading;
import io.laundrybridge.benchmark.process.Child;
import io.laundrybridge.benchmark.process.ProcessFigures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One load client and the connections that it has opened. Used by one thread. */
final class Listeners implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Child process;

    private Listeners(Child process) {
        this.process = process;
    }

    /** Starts a load client. */
    static Listeners start(String name, LoadPlan plan, Reading reading, Path logs) {
        return new Listeners(Child.start(name, reading.command(plan, logs), logs));
    }

    /** Returns the processor time of the load client so far, in microseconds. */
    double cpuMicros() {
        return new ProcessFigures(process.pid()).cpuMicros();
    }

    /** Opens connections and waits until they are subscribed. */
    void open(int clients) {
        process.ask("open " + clients, "opened", PATIENCE);
        long deadline = System.nanoTime()
                + PATIENCE.toNanos()
                + clients * Duration.ofMillis(20).toNanos();
        String answer = "";
        do {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("of " + clients + " clients, " + answer);
            }
            Station.sleep(Duration.ofMillis(50));
            answer = process.ask("ready", "ready", PATIENCE);
            String reason = answer.replaceFirst("ready \\d+ ", "");
            if (!reason.isEmpty()) {
                throw new IllegalStateException("clients cannot subscribe: " + reason);
            }
        } while (!answer.startsWith("ready " + clients + " "));
    }

    /** Counts from zero. */
    void mark() {
        process.ask("mark", "marked", PATIENCE);
    }

    /** Returns the counts since the mark. */
    Map<String, Double> read() {
        return values(process.ask("read", "events=", PATIENCE));
    }

    /**
     * Returns how far the connected clients are behind in microseconds, {@code p50}, {@code p99} and {@code max}, and
     * how many are less than a second behind, {@code live}.
     */
    Map<String, Double> lags() {
        return values(process.ask("lags", "lags", PATIENCE));
    }

    private static Map<String, Double> values(String answer) {
        Map<String, Double> values = new HashMap<>();
        for (String pair : answer.split(" ", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(pair.substring(0, equals), Double.parseDouble(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    /** Sends a command that is answered by a number, and returns the number. */
    long tell(String line, String answer) {
        return Station.number(process.ask(line, answer, PATIENCE));
    }

    @Override
    public void close() {
        process.close();
    }
}
