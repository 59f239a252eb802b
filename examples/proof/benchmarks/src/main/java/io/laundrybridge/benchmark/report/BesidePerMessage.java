package io.laundrybridge.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Compares the cost of our variants with the naive endpoint with permessage-deflate in the same container. */
final class BesidePerMessage {
    private static final List<Figure> COMPARED = List.of(Figure.BYTES, Figure.CPU);

    private final Results results;
    private final String workload;

    BesidePerMessage(Results results, String workload) {
        this.results = results;
        this.workload = workload;
    }

    /** Returns a table with its head; empty if the two did not run in one container. */
    List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        for (String deflating : results.variants(workload)) {
            for (String server : results.servers(workload, deflating)) {
                if (server.startsWith("naive-") && server.endsWith("-deflate")) {
                    results.variants(workload).forEach(variant -> row(rows, variant, deflating, server));
                }
            }
        }
        return List.copyOf(rows);
    }

    private void row(List<List<String>> rows, String variant, String deflating, String other) {
        String ours = other.replace("naive-", "ours-").replace("-deflate", "");
        if (!results.servers(workload, variant).contains(ours)) {
            return;
        }
        if (rows.isEmpty()) {
            rows.add(List.of(
                    "ratio of", "", "bytes/event to permessage-deflate", "CPU µs/delivery to permessage-deflate"));
        }
        List<String> cells = new ArrayList<>(List.of(ours, variant));
        for (Figure figure : COMPARED) {
            OptionalDouble of = results.median(workload, variant, ours, figure);
            cells.add(Markdown.ratio(of, results.median(workload, deflating, other, figure)));
        }
        rows.add(cells);
    }
}
