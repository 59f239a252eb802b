package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.testing.SessionProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replay of several partitions shows them side by side, also where memory has nothing of them. */
class AReplayOfPartitionsTest {
    private static final long PAST = TravelBench.PRESENT - 600_000;
    private static final int EVENTS = 240;
    private static final int PARTITIONS = 4;

    /** Publishes an event every 250 ms, of one machine per partition, and then what memory holds instead. */
    private static TravelBench bench(boolean remembered) {
        TravelBench bench = TravelBench.open(
                PARTITIONS, channel -> remembered ? channel : TravelBench.shortMemory(channel), sink -> sink);
        List<Integer> numbers = new ArrayList<>(Wire.range(0, EVENTS));
        if (!remembered) {
            // one partition after the other, as a fetch of Kafka brings them
            numbers.sort(Comparator.comparingInt(n -> n % PARTITIONS));
        }
        numbers.forEach(n -> bench.publish(machine(n % PARTITIONS), n, PAST + n * 250L));
        if (!remembered) {
            bench.fillMemory();
        }
        return bench;
    }

    private static String machine(int partition) {
        int number = 0;
        while (partition("m" + number) != partition) {
            number++;
        }
        return "m" + number;
    }

    private static int partition(String key) {
        return Math.floorMod(Arrays.hashCode(key.getBytes(StandardCharsets.UTF_8)), PARTITIONS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theirEventsComeInOrderOfTime(boolean remembered) {
        try (TravelBench bench = bench(remembered)) {
            SessionProbe client = bench.client();
            client.subscribe("machines", ",\"from\":\"since:" + PAST + "\",\"pace\":16,\"keys\":[\"m*\"]");
            bench.passUntil(EVENTS, client);
            assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, EVENTS));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEndThatMovesLosesNothingOfAnyPartition(boolean remembered) {
        try (TravelBench bench = bench(remembered)) {
            SessionProbe client = bench.client();
            client.subscribe("machines", ",\"from\":\"since:" + PAST + "\",\"pace\":0,\"keys\":[\"m*\"]");
            bench.await("\"op\":\"paused\"", client);
            int id = 1;
            for (long until = 0; until < 60_000; until += 3_700) {
                client.say("{\"op\":\"subscribe\",\"id\":" + ++id
                        + ",\"ch\":\"machines\",\"keys\":[\"m*\"],\"pace\":16,\"until\":\"" + (PAST + until) + "\"}");
                bench.passUntil("\"op\":\"subscribed\",\"id\":" + id + ",", client);
                bench.pass(Duration.ofMillis(100), client);
            }
            client.say("{\"op\":\"subscribe\",\"id\":99,\"ch\":\"machines\",\"keys\":[\"m*\"]}");
            client.awaitEvents(EVENTS);
            bench.await("\"op\":\"live\"", client);
            assertThat(Wire.numbers(client.events())).containsExactlyInAnyOrderElementsOf(Wire.range(0, EVENTS));
        }
    }

    @Test
    void aPlaceThatMemoryHasInOnePartitionOnlyGetsNothingTwice() {
        try (TravelBench bench = bench(false)) {
            int ahead = (partition("filling") + 1) % PARTITIONS;
            int next = EVENTS / PARTITIONS + 5;
            Wire.range(EVENTS, EVENTS + 40).forEach(n -> bench.publish(machine(n % PARTITIONS), n, bench.now()));
            String head = Wire.head(bench.client().subscribe("machines", "").await("\"op\":\"subscribed\""));
            SessionProbe client = bench.client();
            String place = "at:" + head + ":" + ahead + "@" + next;
            client.subscribe("machines", ",\"from\":\"" + place + "\",\"keys\":[\"m*\"]");
            bench.await("\"op\":\"live\"", client);
            assertThat(Wire.numbers(client.events()))
                    .containsExactlyInAnyOrderElementsOf(Wire.range(0, EVENTS + 40).stream()
                            .filter(n -> n % PARTITIONS != ahead || n / PARTITIONS >= next)
                            .toList());
        }
    }
}
