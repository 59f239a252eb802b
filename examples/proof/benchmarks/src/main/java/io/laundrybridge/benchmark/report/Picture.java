package io.laundrybridge.benchmark.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The report as a picture: a bar chart per main figure of a workload, one bar per server. */
final class Picture {
    private static final int WIDTH = 760;
    private static final int LABELS = 190;
    private static final int BARS = 430;
    private static final int ROW = 20;
    private static final int HEAD = 34;
    private static final int GAP = 18;

    private static final String STYLE = """
        <style>
          text { font: 12px system-ui, sans-serif; fill: #24323f }
          .title { font-size: 15px; font-weight: 600 }
          .ours { fill: #1f7a8c } .naive { fill: #c9733c } .other { fill: #8b97a3 }
        </style>
        """;

    private final Results results;
    private final StringBuilder svg = new StringBuilder();
    private int y = GAP;

    Picture(Results results) {
        this.results = results;
    }

    String svg() {
        for (String workload : results.workloads()) {
            for (String variant : results.variants(workload)) {
                figures(workload).forEach(figure -> chart(workload, variant, figure));
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %1$d %2$d">
            <rect width="100%%" height="100%%" fill="#ffffff"/>
            %s%s</svg>
            """.formatted(WIDTH, y, STYLE, svg);
    }

    /** Returns the main figures of a workload. */
    private static List<Figure> figures(String workload) {
        return switch (workload) {
            case "saturation" -> List.of(Figure.RATE, Figure.CPU);
            case "idle" -> List.of(Figure.HEAP_A_SESSION);
            case "resume" -> List.of(Figure.RESUME_RATE);
            case "slow-readers" -> List.of(Figure.P99, Figure.RESIDENT_GROWTH);
            case "compressed" -> List.of(Figure.BYTES, Figure.CPU);
            default -> List.of(Figure.CPU, Figure.P99);
        };
    }

    private void chart(String workload, String variant, Figure figure) {
        Function<String, OptionalDouble> median = server -> results.median(workload, variant, server, figure);
        List<String> servers = results.servers(workload, variant).stream()
                .filter(server -> median.apply(server).isPresent())
                .toList();
        double most = servers.stream()
                .mapToDouble(server -> median.apply(server).getAsDouble())
                .max()
                .orElse(0);
        if (most <= 0) {
            return;
        }
        String title = workload + (variant.isEmpty() ? "" : ", " + variant) + ": " + figure.title();
        text(GAP, y + 14, "title", title);
        y += HEAD;
        for (String server : servers) {
            bar(server, figure, median.apply(server).getAsDouble(), most);
        }
        y += GAP;
    }

    private void bar(String server, Figure figure, double value, double most) {
        double length = Math.max(1, BARS * Math.max(0, value) / most);
        String family = server.startsWith("ours") ? "ours" : server.startsWith("naive") ? "naive" : "other";
        text(GAP, y + 12, "", server);
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" class=\"%s\"/>%n",
                LABELS,
                y,
                length,
                ROW - 5,
                family));
        text((int) (LABELS + length + 6), y + 12, "", figure.format(value));
        y += ROW;
    }

    private void text(int x, int baseline, String kind, String words) {
        svg.append("<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>\n".formatted(x, baseline, kind, escaped(words)));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
