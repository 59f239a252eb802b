package io.laundrybridge.simulation;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The course of a fleet as a picture: the share of live sessions, and how far sessions are behind. */
final class Curves {
    private static final int WIDTH = 760;
    private static final int LEFT = 64;
    private static final int CHART = 640;
    private static final int HEIGHT = 150;
    private static final int HEAD = 40;
    private static final int PANEL = HEAD + HEIGHT + 34;

    private static final String STYLE = """
        <style>
          text { font: 12px system-ui, sans-serif; fill: #24323f }
          .title { font-size: 15px; font-weight: 600 }
          polyline { fill: none; stroke-width: 2 }
          .a { stroke: #1f7a8c } .b { stroke: #c9733c } .c { stroke: #8b97a3 }
          text.a { fill: #1f7a8c; stroke: none } text.b { fill: #c9733c; stroke: none }
          text.c { fill: #6b7783; stroke: none }
          line { stroke: #d5dade } rect.load { fill: #f4e3d7 }
        </style>
        """;

    private final Fleet fleet;
    private final StringBuilder svg = new StringBuilder();
    private int top;

    private record Line(String kind, String name, ToDoubleFunction<Second> value) {}

    Curves(Fleet fleet) {
        this.fleet = fleet;
    }

    String svg() {
        double all = (double) fleet.scenario().nodes()
                * (fleet.scenario().sessions() + fleet.scenario().newcomers());
        panel(
                "Sessions, per cent of all",
                100,
                List.of(
                        new Line("a", "live", second -> 100 * second.live / all),
                        new Line("c", "connected", second -> 100 * second.open / all)));
        panel(
                "Behind, seconds",
                0,
                List.of(
                        new Line("a", "median", second -> second.lags.percentile(0.5) / 1e3),
                        new Line("b", "p99", second -> second.lags.percentile(0.99) / 1e3),
                        new Line("c", "last", second -> second.lags.greatest() / 1e3)));
        panel(
                "Processors busy, per node",
                fleet.scenario().processors(),
                List.of(new Line(
                        "a", "busy", second -> second.busy / fleet.scenario().nodes())));
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %1$d %2$d">
            <rect width="100%%" height="100%%" fill="#ffffff"/>
            %s%s</svg>
            """.formatted(WIDTH, top, STYLE, svg);
    }

    private void panel(String title, double atLeast, List<Line> lines) {
        double most = Math.max(atLeast, 1);
        for (Line line : lines) {
            most = Math.max(
                    most,
                    fleet.seconds().stream().mapToDouble(line.value()).max().orElse(0));
        }
        text(LEFT, top + 20, "title", title);
        load();
        for (int part = 0; part <= 2; part++) {
            int y = top + HEAD + HEIGHT - HEIGHT * part / 2;
            svg.append("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n".formatted(LEFT, y, LEFT + CHART, y));
            text(8, y + 4, "c", String.format(Locale.ROOT, most < 10 ? "%.1f" : "%.0f", most * part / 2));
        }
        int legend = LEFT + CHART / 2;
        for (Line line : lines) {
            draw(line, most);
            text(legend, top + 20, line.kind(), line.name());
            legend += 100;
        }
        for (int second = 0; second <= fleet.seconds().size(); second += 10) {
            text((int) x(second) - 6, top + HEAD + HEIGHT + 16, "c", second + (second == 0 ? " s" : ""));
        }
        top += PANEL;
    }

    /** Marks the time of the high rate. */
    private void load() {
        EventRate rate = fleet.scenario().rate();
        double from = x(rate.from() / (double) Scenario.SECOND);
        double to = x(rate.to() / (double) Scenario.SECOND);
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"load\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
                from,
                top + HEAD,
                to - from,
                HEIGHT));
    }

    private void draw(Line line, double most) {
        svg.append("<polyline class=\"%s\" points=\"".formatted(line.kind()));
        for (int i = 0; i < fleet.seconds().size(); i++) {
            double y = top
                    + HEAD
                    + HEIGHT * (1 - line.value().applyAsDouble(fleet.seconds().get(i)) / most);
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i + 1), y));
        }
        svg.append("\"/>\n");
    }

    private double x(double second) {
        return LEFT + CHART * second / fleet.seconds().size();
    }

    private void text(int x, int baseline, String kind, String words) {
        svg.append("<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>\n".formatted(x, baseline, kind, words));
    }
}
