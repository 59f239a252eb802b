package io.laundrybridge.dashboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The sum of the newest reports of one site's machines. Confined to one thread at a time. */
final class SiteSummary {
    private final Map<String, Latest> machines = new TreeMap<>();

    private record Latest(
            String state, double power, @Nullable String alarm, long since) {}

    /** Takes the report of {@code machine}; null if the machine is gone. */
    void take(String machine, @Nullable JsonNode report, long timestamp) {
        if (report == null || !report.isObject()) {
            machines.remove(machine);
            return;
        }
        String state = report.path("state").asString("offline");
        Latest before = machines.get(machine);
        long since = before != null && before.state().equals(state) ? before.since() : timestamp;
        machines.put(
                machine,
                new Latest(
                        state,
                        report.path("power").asDouble(0),
                        report.path("alarm").asString(null),
                        since));
    }

    /**
     * Returns the value of the site's record: power in watts, machines by state, and the alarms with their beginning.
     */
    Map<String, Object> value() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put(
                "power",
                Math.round(machines.values().stream().mapToDouble(Latest::power).sum()));
        for (String state : List.of("running", "idle", "alarm", "offline")) {
            value.put(
                    state,
                    machines.values().stream()
                            .filter(latest -> latest.state().equals(state))
                            .count());
        }
        value.put(
                "alarms",
                machines.entrySet().stream()
                        .filter(entry -> entry.getValue().state().equals("alarm"))
                        .map(entry -> alarm(entry.getKey(), entry.getValue()))
                        .toList());
        return value;
    }

    private static Map<String, Object> alarm(String machine, Latest latest) {
        Map<String, Object> alarm = new LinkedHashMap<>();
        alarm.put("machine", machine);
        alarm.put("alarm", latest.alarm());
        alarm.put("since", latest.since());
        return alarm;
    }
}
