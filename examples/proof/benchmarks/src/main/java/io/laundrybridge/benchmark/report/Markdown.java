package io.laundrybridge.benchmark.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The report as text. */
final class Markdown {
    /** Figures whose least and most over the windows are shown beside the median. */
    private static final List<Figure> RANGED =
            List.of(Figure.RATE, Figure.CPU, Figure.P99, Figure.HEAP_A_SESSION, Figure.RESUME_RATE);

    /** Figures whose windows are added up, because a median could hide a loss. */
    private static final List<Figure> SUMMED =
            List.of(Figure.MISSING, Figure.LATE, Figure.ANNOUNCED, Figure.CLOSED, Figure.BEHIND);

    /** Figures of the ratios to other servers. */
    private static final List<Figure> COMPARED = List.of(Figure.RATE, Figure.CPU, Figure.P99);

    private final Machine machine;
    private final Results results;
    private final StringBuilder text = new StringBuilder();

    Markdown(Machine machine, Results results) {
        this.machine = machine;
        this.results = results;
    }

    String text() {
        line("# Benchmark report");
        line("");
        line(machine.sentence());
        line(steal());
        line("");
        line("Medians over the windows, least and most in brackets; losses are added up over all windows. How it is"
                + " measured: `docs/performance.md`.");
        line("");
        bars();
        for (String workload : results.workloads()) {
            results.variants(workload).forEach(variant -> section(workload, variant));
            besidePerMessage(workload);
        }
        failures();
        return text.toString();
    }

    private String steal() {
        DoubleSummaryStatistics steal = results.stream()
                .map(sample -> sample.figures().get(Figure.STEAL))
                .filter(percent -> percent != null && Double.isFinite(percent))
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        return steal.getCount() == 0
                ? "How much the host took away is not known."
                : "The host took away %s %% of the processors during the windows, at the most %s %%."
                        .formatted(Figure.STEAL.format(steal.getAverage()), Figure.STEAL.format(steal.getMax()));
    }

    private void bars() {
        List<Verdict> verdicts = Bars.verdicts(results, machine.heapMiB());
        if (verdicts.isEmpty()) {
            return;
        }
        line("## Bars");
        line("");
        row(List.of("workload", "server", "bar", "limit", "measured", ""));
        row(List.of("---", "---", "---", "--:", "--:", "---"));
        verdicts.forEach(verdict -> row(List.of(
                verdict.workload(),
                verdict.server(),
                verdict.bar(),
                verdict.limitText(),
                verdict.measuredText(),
                verdict.word())));
        line("");
    }

    private void section(String workload, String variant) {
        List<String> servers = results.servers(workload, variant);
        List<Figure> figures = Arrays.stream(Figure.values())
                .filter(figure -> figure != Figure.DELIVERIES) // the rate says it
                .filter(figure -> servers.stream()
                        .anyMatch(server -> results.median(workload, variant, server, figure)
                                .isPresent()))
                .toList();
        line("## " + workload + (variant.isEmpty() ? "" : ": " + variant));
        line("");
        if (figures.isEmpty()) {
            line("Nothing could be measured.");
        } else {
            table(workload, variant, servers, figures);
            ratios(workload, variant, servers);
        }
        line("");
    }

    private void table(String workload, String variant, List<String> servers, List<Figure> figures) {
        List<String> head = new ArrayList<>(List.of("server"));
        figures.forEach(figure -> head.add(figure.title()));
        row(head);
        row(head.stream().map(title -> title.equals("server") ? "---" : "--:").toList());
        for (String server : servers) {
            List<String> cells = new ArrayList<>(List.of(server));
            figures.forEach(figure -> cells.add(cell(workload, variant, server, figure)));
            row(cells);
        }
    }

    private String cell(String workload, String variant, String server, Figure figure) {
        OptionalDouble median = results.median(workload, variant, server, figure);
        if (median.isEmpty()) {
            return "–";
        }
        if (SUMMED.contains(figure)) {
            return figure.format(results.sum(workload, variant, server, figure));
        }
        DoubleSummaryStatistics range = results.range(workload, variant, server, figure);
        String value = figure.format(median.getAsDouble());
        return range.getCount() > 1 && RANGED.contains(figure)
                ? value + " (" + figure.format(range.getMin()) + "–" + figure.format(range.getMax()) + ")"
                : value;
    }

    /** Our ratios to the naive endpoint in the same container, and to nats-server. */
    private void ratios(String workload, String variant, List<String> servers) {
        List<List<String>> rows = servers.stream()
                .filter(server -> server.startsWith("ours-"))
                .map(server -> ratiosOf(workload, variant, server))
                .filter(cells -> cells.stream().skip(1).anyMatch(cell -> !cell.equals("–")))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        List<String> head = new ArrayList<>(List.of("ratio of"));
        COMPARED.forEach(figure -> head.add(figure.title() + " to naive"));
        COMPARED.forEach(figure -> head.add(figure.title() + " to nats"));
        line("");
        row(head);
        row(head.stream().map(title -> title.equals("ratio of") ? "---" : "--:").toList());
        rows.forEach(this::row);
    }

    private void besidePerMessage(String workload) {
        List<List<String>> table = new BesidePerMessage(results, workload).table();
        if (!table.isEmpty()) {
            row(table.get(0));
            row(List.of("---", "---", "--:", "--:"));
            table.stream().skip(1).forEach(this::row);
            line("");
        }
    }

    private List<String> ratiosOf(String workload, String variant, String server) {
        List<String> cells = new ArrayList<>(List.of(server));
        String container = Bars.container(server);
        for (Figure figure : COMPARED) {
            OptionalDouble naive = results.naive(workload, variant, container, figure, figure == Figure.RATE);
            cells.add(ratio(results.median(workload, variant, server, figure), naive));
        }
        for (Figure figure : COMPARED) {
            OptionalDouble nats = results.median(workload, variant, "nats", figure);
            cells.add(ratio(results.median(workload, variant, server, figure), nats));
        }
        return cells;
    }

    static String ratio(OptionalDouble of, OptionalDouble to) {
        return of.isPresent() && to.isPresent() && to.getAsDouble() > 0
                ? String.format(Locale.ROOT, "%.2f", of.getAsDouble() / to.getAsDouble())
                : "–";
    }

    private void failures() {
        List<Sample> failed = results.stream()
                .filter(sample -> !sample.failure().isEmpty())
                .sorted(Comparator.comparing(Sample::server))
                .toList();
        if (failed.isEmpty()) {
            return;
        }
        line("## What went wrong");
        line("");
        failed.forEach(
                sample -> line("- " + sample.workload() + (sample.variant().isEmpty() ? "" : ", " + sample.variant())
                        + ", " + sample.server() + ", window " + sample.window() + ": " + sample.failure()));
    }

    private void row(List<String> cells) {
        line(cells.stream().collect(Collectors.joining(" | ", "| ", " |")));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
