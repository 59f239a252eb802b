package io.laundrybridge.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks that samples decide each bar, and that missing samples leave it open. */
class BarsFollowFromTheRunTest {
    private final List<Sample> samples = new ArrayList<>();

    @Test
    void naiveIsTheBetterOfItsTwo() {
        steady("naive-jetty-async", 20, 100);
        steady("naive-jetty-basic", 10, 300);
        steady("ours-jetty", 7, 60);

        assertThat(word("CPU per delivery, of naive")).isEqualTo("pass");
        assertThat(word("p99, of naive")).isEqualTo("**FAIL**");
    }

    @Test
    void theMedianCounts() {
        steady("naive-jetty-async", 10, 100);
        steady("ours-jetty", 9, 10);
        steady("ours-jetty", 7, 10);
        steady("ours-jetty", 1, 10);

        assertThat(verdict("CPU per delivery, of naive").measuredText()).isEqualTo("0.70");
    }

    @Test
    void oneLossInOneWindowIsALoss() {
        steady("ours-jetty", 1, 1);
        samples.add(new Sample("steady", "", "ours-jetty", 2, Map.of(Figure.MISSING, 1.0), ""));

        assertThat(word("missing unannounced, or out of order")).isEqualTo("**FAIL**");
    }

    @Test
    void withoutTheOtherNothingIsReportedRatherThanPassed() {
        steady("ours-jetty", 1, 1);

        assertThat(word("CPU per delivery, of naive")).isEqualTo("not measured");
    }

    @Test
    void aServerThatEndedHasNotProvedThatNothingWasLost() {
        steady("ours-jetty", 1, 1);
        samples.add(new Sample("steady", "", "ours-jetty", 2, Map.of(), "the server ended"));

        assertThat(word("missing unannounced, or out of order")).isEqualTo("not measured");
    }

    @Test
    void rowsAreComparedWithTheFilterThatSelectsTheSame() {
        List.of("where", "rows", "rows, sealed places").forEach(variant -> selectiveRows(variant, variant.length()));

        assertThat(verdict("rows: CPU per delivery, of where").measuredText()).isEqualTo("0.80");
        assertThat(word("rows: CPU per delivery, of where")).isEqualTo("pass");
        assertThat(word("rows, sealed places: CPU per delivery, of where")).isEqualTo("**FAIL**");
    }

    @Test
    void aColdStartIsComparedWithTheThirdMinuteOfTheSameRun() {
        Map<Figure, Double> figures = Map.of(Figure.COLD_RATE, 2e6, Figure.RATE, 4e6, Figure.CPU, 0.2);
        samples.add(new Sample("cold", "", "ours-jetty", 1, figures, ""));
        samples.add(new Sample("cold", "", "nats", 1, Map.of(Figure.RATE, 3e6, Figure.CPU, 0.4), ""));

        assertThat(verdict("deliveries/s of the first 10 s, of the third minute's")
                        .measuredText())
                .isEqualTo("0.50");
        assertThat(word("deliveries/s of the first 10 s, of the third minute's"))
                .isEqualTo("**FAIL**");
        assertThat(word("CPU per delivery, of nats-server")).isEqualTo("pass");
        assertThat(word("deliveries/s, of nats-server")).isEqualTo("pass");
    }

    @Test
    void aServerThatWasStartedInAnotherWayIsComparedWithItsContainer() {
        assertThat(Bars.container("ours-jetty@25-both")).isEqualTo("jetty");
        assertThat(Bars.container("ours-jetty")).isEqualTo("jetty");
    }

    @Test
    void steadyIsComparedWithTheFloor() {
        steady("floor", 4, 1);
        steady("ours-jetty", 7, 1);

        assertThat(word("CPU per delivery, of the floor")).isEqualTo("**FAIL**");
    }

    private void selectiveRows(String variant, double cpu) {
        Map<Figure, Double> figures = Map.of(Figure.CPU, cpu, Figure.MISSING, 0.0);
        samples.add(new Sample("selective-rows", variant, "ours-jetty", 1, figures, ""));
    }

    private void steady(String server, double cpu, double p99) {
        Map<Figure, Double> figures = Map.of(Figure.CPU, cpu, Figure.P99, p99, Figure.MISSING, 0.0);
        samples.add(new Sample("steady", "", server, 1, figures, ""));
    }

    private String word(String bar) {
        return verdict(bar).word();
    }

    private Verdict verdict(String bar) {
        return Bars.verdicts(new Results(samples), 256).stream()
                .filter(verdict -> verdict.bar().equals(bar))
                .findFirst()
                .orElseThrow();
    }
}
