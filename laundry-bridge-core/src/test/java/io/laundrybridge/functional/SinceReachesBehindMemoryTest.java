package io.laundrybridge.functional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.ReplayBudget;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * {@code since} delivers, per partition, everything from the first record with that timestamp or a later one, wherever
 * it is. The streams here are far larger than the memory of a small node.
 */
class SinceReachesBehindMemoryTest {
    private static final int PARTITIONS = 3;
    private final long begin = Instant.now().minusSeconds(86_400).toEpochMilli();
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), Retention.LEAST_BYTES);
    private static final Retention LARGE = Retention.of(Duration.ofMinutes(10), 32 << 20);

    private final InMemorySource source = InMemorySource.named("machine-log", PARTITIONS, 20_000, Runnable::run);
    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final List<Bridge> bridges = new ArrayList<>();
    private final List<Stamped> all = new ArrayList<>();

    /** A record, and its number among all. */
    private record Stamped(int n, InMemorySource.Place place, long stamp) {}

    @AfterEach
    void stops() {
        bridges.forEach(Bridge::stop);
    }

    @Test
    void aTimeBehindMemoryIsServedWholeThenMemoryThenLive() {
        WebSocketSink node = node(SMALL, channel -> channel);
        publish(6_000);
        SessionProbe client = since(node, begin + 500_500);
        assertThat(client.await("\"op\":\"subscribed\"")).contains("\"recovered\":true");
        client.await("\"op\":\"live\"");
        publish(60);
        assertWhole(client, begin + 500_500);
        assertThat(telemetry.sum(Meter.REPLAY_TIMES)).isEqualTo(1);
        assertThat(telemetry.sum(Meter.REPLAY_RECORDS)).isPositive();
    }

    @Test
    void everyPartitionStartsAtItsOwnPlaceAndOneThatIsOldAtItsEnd() {
        WebSocketSink node = node(SMALL, channel -> channel);
        for (int n = 0; n < 6_000; n++) {
            long shift = all.size() % PARTITIONS == 1 ? -900_000 : 0;
            publish(all.size() % PARTITIONS == 2 ? begin : begin + n * 1_000L + shift);
        }
        SessionProbe client = since(node, begin + 1_000_000);
        client.await("\"op\":\"live\"");
        publish(begin); // new records are live, whatever their timestamps
        publish(begin);
        publish(begin);
        List<Integer> expected = new ArrayList<>(from(begin + 1_000_000));
        expected.add(6_002);
        assertThat(Wire.numbers(client.awaitEvents(expected.size()))).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(telemetry.sum(Meter.REPLAY_TIMES)).isEqualTo(1);
    }

    @Test
    void memoryAndTheSourceGiveOneTimeOneMeaning() {
        WebSocketSink small = node(SMALL, channel -> channel);
        WebSocketSink large = node(LARGE, channel -> channel);
        Random random = new Random(4);
        for (int n = 0; n < 3_000; n++) {
            publish(begin + n * 1_000L + random.nextInt(-300_000, 300_000));
        }
        for (int i = 0; i < 40; i++) {
            long time = begin + random.nextInt(-500_000, 3_500_000);
            SessionProbe remembers = since(large, time);
            SessionProbe asks = since(small, time);
            assertWhole(remembers, time);
            assertWhole(asks, time);
            assertThat(Wire.vector(asks.await("subscribed"))).isEqualTo(Wire.vector(remembers.await("subscribed")));
        }
        assertThat(telemetry.sum(Meter.REPLAY_TIMES)).isBetween(20L, 40L);
    }

    @Test
    void theYearOneIsTheBeginningWithinTheBudget() {
        WebSocketSink node = node(SMALL, channel -> channel.replay(new ReplayBudget(600, 1 << 20)));
        publish(6_000);
        SessionProbe client = subscribe(node, "since:0001-01-01T00:00:00Z");
        SessionProbe earliest = subscribe(node, "earliest");
        SessionProbe early = since(node, 1);
        SessionProbe negative = subscribe(node, "since:-0044-03-15T00:00:00Z");
        for (SessionProbe each : List.of(client, earliest, early, negative)) {
            assertThat(each.await("\"op\":\"subscribed\"")).contains("\"recovered\":false");
            each.await("\"op\":\"live\"");
            each.awaitEvents(600);
            assertThat(each.lines().stream().filter(line -> line.contains("\"op\":\"gap\"")))
                    .hasSize(PARTITIONS)
                    .allMatch(line -> line.contains("\"from\":\"") && line.contains("\"reason\":\"limit\""));
            assertThat(Wire.numbers(each.events()))
                    .containsExactlyInAnyOrderElementsOf(
                            Wire.range(6_000 - each.events().size(), 6_000));
        }
        assertThat(client.lines().indexOf(client.await("\"op\":\"gap\""))).isEqualTo(2);
        assertThat(List.of(gaps(client), gaps(early), gaps(negative))).containsOnly(gaps(earliest));
    }

    @Test
    void aTimeWithinTheBudgetHasNoGapAlthoughTheBeginningIsBeyondIt() {
        WebSocketSink node = node(SMALL, channel -> channel.replay(new ReplayBudget(3_000, 1 << 20)));
        publish(6_000);
        SessionProbe client = since(node, begin + 4_000_000);
        assertThat(client.await("\"op\":\"subscribed\"")).contains("\"recovered\":true");
        assertWhole(client, begin + 4_000_000);
    }

    @Test
    void aStartInTheFutureIsLiveAtOnceWithoutTheSource() {
        WebSocketSink node = node(SMALL, channel -> channel);
        publish(6_000);
        SessionProbe client = since(node, Instant.now().plusSeconds(3_600).toEpochMilli());
        assertThat(client.await("\"op\":\"subscribed\"")).contains("\"recovered\":true");
        client.await("\"op\":\"live\"");
        assertThat(client.events()).isEmpty();
        publish(3);
        assertThat(Wire.numbers(client.awaitEvents(3))).containsExactly(6_000, 6_001, 6_002);
        assertThat(telemetry.sum(Meter.REPLAY_TIMES)).isZero();
    }

    @Test
    void plainClientsReachAsFar() {
        WebSocketSink node = node(SMALL, channel -> channel.replay(new ReplayBudget(5_000, 1 << 20)));
        publish(6_000);
        String time = "since:" + Instant.ofEpochMilli(begin + 2_000_000);
        SessionProbe client = SessionProbe.plain(node, Map.of("from", List.of(time)));
        client.await("the last value", line -> line.equals("{\"n\":5999}"));
        assertThat(Wire.numbers(client.lines())).containsExactlyInAnyOrderElementsOf(from(begin + 2_000_000));
        assertThat(SessionProbe.plain(node, Map.of("from", List.of("since:1970-01-01T00:00:01Z")))
                        .awaitClose())
                .isEqualTo(4410);
    }

    @Test
    void aVoidPositionMayStartOverAtATimeBehindMemory() {
        WebSocketSink node = node(SMALL, channel -> channel);
        publish(6_000);
        SessionProbe client = SessionProbe.full(node)
                .subscribe(
                        "machines",
                        ",\"from\":\"at:other.abc:0@7\",\"else\":\"since:" + Instant.ofEpochMilli(begin + 900_000)
                                + "\"");
        assertThat(client.await("\"op\":\"reset\"")).contains("\"reason\":\"epoch\"");
        assertWhole(client, begin + 900_000);
    }

    @Test
    void channelsWithStateServeEventsForAStartAtATime() {
        WebSocketSink node = node(SMALL, ChannelBuilder::latestByKey);
        publish(6_000);
        SessionProbe client = since(node, begin + 900_000);
        assertWhole(client, begin + 900_000);
        assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"snapshot\""));
    }

    private WebSocketSink node(Retention memory, UnaryOperator<ChannelBuilder> settings) {
        HostServices services = HostServices.standard().withTelemetry(telemetry);
        WebSocketSink sink =
                WebSocketSink.builder("/laundry").services(services).build();
        Bridge bridge = settings.apply(Bridge.from(source)
                        .channel("machines")
                        .services(services)
                        .retain(memory)
                        .access(Access.anonymous()))
                .to(sink);
        bridges.add(bridge);
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(10));
        return sink;
    }

    /** One record per second, the partitions in turn. */
    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            publish(begin + all.size() * 1_000L);
        }
    }

    private void publish(long stamp) {
        int n = all.size();
        byte[] value = ("{\"n\":" + n + "}").getBytes(UTF_8);
        List<SourceRecord.Header> none = List.of();
        all.add(new Stamped(n, source.publish((byte[]) null, value, stamp, none), stamp));
    }

    private static SessionProbe since(WebSocketSink node, long time) {
        return subscribe(node, "since:" + Instant.ofEpochMilli(time));
    }

    private static SessionProbe subscribe(WebSocketSink node, String from) {
        return SessionProbe.full(node).subscribe("machines", ",\"from\":\"" + from + "\"");
    }

    /**
     * Returns what {@code since} means: per partition, all records from the first with timestamp {@code time} or later.
     */
    private List<Integer> from(long time) {
        boolean[] begun = new boolean[PARTITIONS];
        List<Integer> numbers = new ArrayList<>();
        for (Stamped record : all) {
            int p = record.place().partition();
            begun[p] |= record.stamp() >= time;
            if (begun[p]) {
                numbers.add(record.n());
            }
        }
        return numbers;
    }

    /** All of it, and nothing else or twice, in the order of each partition. */
    private void assertWhole(SessionProbe client, long time) {
        List<Integer> expected = from(time);
        client.await("\"op\":\"live\"");
        List<Integer> got = Wire.numbers(client.awaitEvents(expected.size()));
        for (int p = 0; p < PARTITIONS; p++) {
            int partition = p;
            assertThat(got.stream().filter(n -> n % PARTITIONS == partition))
                    .containsExactlyElementsOf(expected.stream()
                            .filter(n -> n % PARTITIONS == partition)
                            .toList());
        }
        assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
    }

    private static List<String> gaps(SessionProbe client) {
        return client.lines().stream()
                .filter(line -> line.contains("\"op\":\"gap\""))
                .toList();
    }
}
