package io.laundrybridge.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The bars that the project has set for itself, each judged by the run alone. */
final class Bars {
    /** How the names of our servers begin. */
    static final String OURS = "ours-";

    /** The rule of each workload, by name. */
    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("saturation", SpeedBars::saturation),
            Map.entry("cold", SpeedBars::cold),
            Map.entry("steady", SpeedBars::steady),
            Map.entry("steady-50ms", SpeedBars::steadyWithFlush),
            Map.entry("slow-readers", CrowdBars::slowReaders),
            Map.entry("idle", CrowdBars::idle),
            Map.entry("selective", CrowdBars::selective),
            Map.entry("selective-rows", CrowdBars::selectiveRows),
            Map.entry("resume", CrowdBars::resume),
            Map.entry("storm", CrowdBars::storm),
            Map.entry("topics", CrowdBars::topics),
            Map.entry("behind", CrowdBars::behind),
            Map.entry("recovery", CrowdBars::recovery),
            Map.entry("compressed", CrowdBars::compressed));

    private Bars() {}

    /** Returns the container of our {@code server}, whose name may end with the way in which it was started. */
    static String container(String server) {
        return server.substring(OURS.length()).replaceFirst("@.*", "");
    }

    /** Returns the verdicts of every workload and every container of the run. */
    static List<Verdict> verdicts(Results results, int heapMiB) {
        List<Verdict> verdicts = new ArrayList<>();
        for (String workload : results.workloads()) {
            Rule rule = RULES.get(workload);
            if (rule == null) {
                throw new IllegalArgumentException("No bar is known for " + workload);
            }
            Judge judge = new Judge(results, workload, heapMiB);
            for (String variant : results.variants(workload)) {
                results.servers(workload, variant).stream()
                        .filter(server -> server.startsWith(OURS))
                        .forEach(server -> rule.judge(judge, variant, server));
            }
            verdicts.addAll(judge.verdicts());
        }
        return List.copyOf(verdicts);
    }
}
