package io.laundrybridge.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Equal nodes that share nothing but the topic. Each is simulated for itself, one after the other, and their seconds
 * are added up.
 */
final class Fleet {
    private final Scenario scenario;
    private final List<Second> seconds = new ArrayList<>();
    private final Faults faults = new Faults();

    private Fleet(Scenario scenario) {
        this.scenario = scenario;
    }

    /** Runs {@code scenario}; equal seeds give equal results. */
    static Fleet run(Scenario scenario, long seed) {
        Fleet fleet = new Fleet(scenario);
        for (int node = 0; node < scenario.nodes(); node++) {
            fleet.add(node, seed + node);
        }
        return fleet;
    }

    private void add(int number, long seed) {
        try (SimulatedNode node = new SimulatedNode(scenario, seed)) {
            for (int i = 0; i < scenario.seconds(); i++) {
                Second second = node.next();
                if (number == 0) {
                    seconds.add(second);
                } else {
                    seconds.get(i).add(second);
                }
            }
            faults.add(node.faults());
        }
    }

    Scenario scenario() {
        return scenario;
    }

    List<Second> seconds() {
        return seconds;
    }

    Faults faults() {
        return faults;
    }

    /** Returns the first second from {@code from} on since which every session has been live; -1 if there is none. */
    int allLiveSince(int from) {
        long all = (long) scenario.nodes() * (scenario.sessions() + scenario.newcomers());
        int since = -1;
        for (int i = from; i < seconds.size(); i++) {
            if (seconds.get(i).live < all) {
                since = -1;
            } else if (since < 0) {
                since = i + 1;
            }
        }
        return since;
    }

    /** Returns the course as a table, one line per second. */
    String table() {
        StringBuilder table =
                new StringBuilder("second open live p50ms p99ms maxms deliveries/s writes/s busy/node replayed/s\n");
        for (int i = 0; i < seconds.size(); i++) {
            Second each = seconds.get(i);
            table.append(String.format(
                    Locale.ROOT,
                    "%d %d %d %d %d %d %d %d %.2f %d%n",
                    i + 1,
                    each.open,
                    each.live,
                    each.lags.percentile(0.5),
                    each.lags.percentile(0.99),
                    each.lags.greatest(),
                    each.deliveries,
                    each.writes,
                    each.busy / scenario.nodes(),
                    each.replayed));
        }
        return table.toString();
    }
}
