package io.laundrybridge.example.database.streams;

import java.util.Map;
import java.util.TreeMap;

/**
 * The power of a site in one minute: the mean of each machine's reports, added up.
 *
 * @param machines the reports of each machine
 */
record MinutePower(Map<String, Reports> machines) {
    static final MinutePower NONE = new MinutePower(Map.of());

    /** How many reports a machine has sent, and the sum of their power. */
    record Reports(int count, long watts) {
        Reports plus(int more) {
            return new Reports(count + 1, watts + more);
        }

        double mean() {
            return (double) watts / count;
        }
    }

    /**
     * What a page gets.
     *
     * @param minute when the minute began, in milliseconds since 1970
     */
    record View(String site, long minute, long watts, int machines) {}

    MinutePower plus(MachineReport report) {
        Map<String, Reports> more = new TreeMap<>(machines);
        more.merge(report.machine(), new Reports(1, report.powerWatts()), (old, one) -> old.plus(report.powerWatts()));
        return new MinutePower(more);
    }

    View view(String site, long minute) {
        double watts = machines.values().stream().mapToDouble(Reports::mean).sum();
        return new View(site, minute, Math.round(watts), machines.size());
    }
}
