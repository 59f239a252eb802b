package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A subscription with a pace gets each event when its time has come, and never before. The clock is the test's. */
class ThePastIsPlayedAtAPaceTest {
    private static final long PAST = TravelBench.PRESENT - 600_000;
    private static final String FROM_PAST = ",\"from\":\"since:" + PAST + "\"";

    /** Publishes {@code count} events of the past, one per second. */
    private static void secondByte(TravelBench bench, int count) {
        for (int n = 0; n < count; n++) {
            bench.publish("m" + n % 3, n, PAST + n * 1_000L);
        }
    }

    @Test
    void noEventComesBeforeItsTimeAndEachComesSoonAfter() {
        for (int pace : new int[] {1, 4, 16}) {
            try (TravelBench bench = TravelBench.open(channel -> channel)) {
                secondByte(bench, 100);
                SessionProbe client = bench.client().subscribe("machines", FROM_PAST + ",\"pace\":" + pace);
                bench.await("\"op\":\"subscribed\"", client);
                for (int step = 0; step < 40; step++) {
                    bench.pass(Duration.ofMillis(100), client);
                    int passed = (step + 1) * 100 * pace;
                    int due = 1 + passed / 1_000;
                    int surely = 1 + Math.max(0, passed - 200 * pace) / 1_000;
                    assertThat(client.events().size())
                            .as("pace %d after %d ms", pace, (step + 1) * 100)
                            .isBetween(Math.min(100, surely), Math.min(100, due));
                }
                assertThat(Wire.numbers(client.events()))
                        .containsExactlyElementsOf(Wire.range(0, client.events().size()));
            }
        }
    }

    @Test
    void whatMemoryHasNotIsPlayedAtTheSamePace() {
        try (TravelBench bench = TravelBench.open(TravelBench::shortMemory)) {
            secondByte(bench, 60);
            bench.fillMemory();
            SessionProbe client = bench.client().subscribe("machines", FROM_PAST + ",\"pace\":4,\"keys\":[\"m*\"]");
            bench.passUntil(1, client);
            for (int n = 0; n < 50; n++) {
                int before = client.events().size();
                bench.pass(Duration.ofMillis(250), client);
                assertThat(client.events().size() - before).isBetween(0, 2);
            }
            bench.passUntil(60, client);
            assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, 60));
        }
    }

    @Test
    void itEndsExactlyBeforeItsUntilAndStandsThere() {
        for (String until : List.of("\"" + (PAST + 10_000) + "\"", "\"at:HEAD:0@10\"")) {
            for (boolean remembered : new boolean[] {true, false}) {
                for (String pace : List.of("", ",\"pace\":16")) {
                    try (TravelBench bench =
                            TravelBench.open(channel -> remembered ? channel : TravelBench.shortMemory(channel))) {
                        secondByte(bench, 30);
                        if (!remembered) {
                            bench.fillMemory();
                        }
                        SessionProbe head = bench.client().subscribe("machines", "");
                        String place = until.replace("HEAD", Wire.head(head.await("\"op\":\"subscribed\"")));
                        SessionProbe client =
                                bench.client().subscribe("machines", FROM_PAST + ",\"until\":" + place + pace);
                        String paused = bench.passUntil("\"op\":\"paused\"", client);
                        assertThat(Wire.vector(paused)).startsWith("0@10");
                        bench.pass(Duration.ofSeconds(5), client);
                        assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, 10));
                        assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"live\""));
                        client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"machines\",\"keys\":[\"m*\"]}");
                        client.awaitEvents(30);
                        bench.await("\"op\":\"live\"", client);
                        assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, 30));
                    }
                }
            }
        }
    }
}
