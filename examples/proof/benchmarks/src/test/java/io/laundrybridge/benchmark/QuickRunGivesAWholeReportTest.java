package io.laundrybridge.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks that the benchmark itself works: real processes and few events, without a check of times. */
@Tag("kafka")
class QuickRunGivesAWholeReportTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path out;

    @Test
    void everyEventIsCountedAndTheReportIsWhole() throws Exception {
        Path report = Benchmark.run(new String[] {
            "--quick",
            "--workloads=steady",
            "--servers=naive-tyrus-async,ours-tyrus",
            "--deadline-minutes=3",
            "--out=" + out
        });

        List<JsonNode> lines = Files.readAllLines(out.resolve("samples.jsonl")).stream()
                .map(JSON::readTree)
                .toList();
        assertThat(lines.get(0).path("processors").asInt()).isPositive();
        assertThat(lines.subList(1, lines.size()))
                .extracting(sample -> sample.path("server").asString())
                .containsExactly("naive-tyrus-async", "ours-tyrus");
        lines.subList(1, lines.size()).forEach(QuickRunGivesAWholeReportTest::assertNothingLost);
        assertThat(report)
                .content()
                .contains("## Bars", "| steady | ours-tyrus | CPU per delivery, of naive | ≤ 0.75 |", "## steady")
                .contains("| steady | ours-tyrus | missing unannounced, or out of order | ≤ 0 | 0 | pass |")
                .doesNotContain("What went wrong");
        assertThat(Files.readAllLines(report))
                .filteredOn(line -> line.contains("of naive"))
                .hasSize(2)
                .noneMatch(line -> line.contains("not measured"));
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(out.resolve("report.svg").toFile())
                        .getElementsByTagName("rect")
                        .getLength())
                .as("bars and the ground behind them")
                .isEqualTo(5);
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .as("processes left behind")
                .isEmpty();
    }

    @Test
    void aStormIsOverOnceEveryClientHasAllItMissed() throws Exception {
        Path report = Benchmark.run(
                new String[] {"storm", "--quick", "--servers=ours-tyrus", "--deadline-minutes=3", "--out=" + out});

        JsonNode sample =
                JSON.readTree(Files.readAllLines(out.resolve("samples.jsonl")).get(1));
        assertNothingLost(sample);
        assertThat(sample.path("figures").path("CATCH_UP").asDouble()).isPositive();
        assertThat(report)
                .content()
                .contains("| storm | ours-tyrus | all live after s | ≤ 5.00 |")
                .contains("| storm | ours-tyrus | others' p99, of that with all clients | ≤ 3.00 |")
                .contains("| storm | ours-tyrus | others' p99, of that without the crowd | ≤ 3.00 |")
                .doesNotContain("What went wrong", "not measured");
    }

    private static void assertNothingLost(JsonNode sample) {
        JsonNode figures = sample.path("figures");
        assertThat(sample.path("failure").asString()).isEmpty();
        assertThat(figures.path("DELIVERIES").asLong()).isPositive();
        for (String loss : List.of("MISSING", "LATE", "ANNOUNCED", "CLOSED", "BEHIND")) {
            assertThat(figures.path(loss).isNumber()).as(loss).isTrue();
            assertThat(figures.path(loss).asLong()).as(loss).isZero();
        }
    }
}
