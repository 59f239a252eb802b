package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What producers stamp, and what clients ask, never blocks a replay for good. The clock is the test's. */
class OddTimestampsHoldNobodyUpTest {
    private static final long PAST = TravelBench.PRESENT - 6_000_000;
    private static final Pattern CLOCK = Pattern.compile("\"op\":\"clock\",\"ch\":\"machines\",\"ts\":(\\d+)");

    private static SessionProbe play(TravelBench bench, String fields) {
        SessionProbe client = bench.client().subscribe("machines", ",\"from\":\"since:" + PAST + "\"" + fields);
        bench.await("\"op\":\"subscribed\"", client);
        return client;
    }

    @Test
    void backwardsMissingAndFutureTimesComeAtOnceAndInOrder() {
        try (TravelBench bench = TravelBench.open(channel -> channel)) {
            bench.publish("m", 0, PAST);
            bench.publish("m", 1, PAST + 1_000);
            bench.publish("m", 2, -1);
            bench.publish("m", 3, 0);
            bench.publish("m", 4, PAST - 3_600_000);
            bench.publish("m", 5, TravelBench.PRESENT + 3_600_000);
            bench.publish("m", 6, Long.MAX_VALUE);
            bench.publish("m", 7, PAST + 2_000);
            SessionProbe client = play(bench, ",\"pace\":1");
            bench.pass(Duration.ofMillis(900), client);
            assertThat(Wire.numbers(client.events())).containsExactly(0);
            bench.pass(Duration.ofMillis(300), client);
            assertThat(Wire.numbers(client.events())).containsExactly(0, 1, 2, 3, 4, 5, 6);
            bench.pass(Duration.ofSeconds(1), client);
            assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, 8));
        }
    }

    @Test
    void aWrongClockAheadHoldsNoOtherMachine() {
        try (TravelBench bench = TravelBench.open(channel -> channel)) {
            for (int n = 0; n < 30; n++) {
                bench.publish("m", n, PAST + n * 1_000L + (n % 10 == 5 ? 3_600_000 : 0));
            }
            SessionProbe client = play(bench, ",\"pace\":4");
            bench.pass(Duration.ofSeconds(5), client);
            assertThat(client.events().size()).isBetween(19, 22);
            bench.pass(Duration.ofMillis(2_700), client);
            assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, 30));
        }
    }

    @Test
    void aLongQuietTimeIsPlayedForAMinuteOnly() {
        try (TravelBench bench = TravelBench.open(channel -> channel)) {
            bench.publish("m", 0, PAST);
            bench.publish("m", 1, PAST + 3_000_000);
            bench.publish("m", 2, PAST + 3_001_000);
            SessionProbe client = play(bench, ",\"pace\":2");
            bench.pass(Duration.ofSeconds(59), client);
            assertThat(Wire.numbers(client.events())).containsExactly(0);
            bench.pass(Duration.ofSeconds(2), client);
            assertThat(Wire.numbers(client.events())).containsExactly(0, 1, 2);
            List<Long> times = client.lines().stream()
                    .map(CLOCK::matcher)
                    .filter(java.util.regex.Matcher::find)
                    .map(found -> Long.valueOf(found.group(1)))
                    .toList();
            assertThat(times).isSorted().hasSizeBetween(30, 62);
            assertThat(times.get(20) - times.get(10))
                    .as("two seconds per second")
                    .isBetween(19_000L, 21_000L);
        }
    }

    @Test
    void aTimeUntilWhichAnOpenSubscriptionPlaysIsFoundBehindMemory() {
        try (TravelBench bench = TravelBench.open(TravelBench::shortMemory)) {
            for (int n = 0; n < 20; n++) {
                bench.publish("m", n, PAST + n * 1_000L);
            }
            bench.fillMemory();
            SessionProbe client = play(bench, ",\"pace\":0");
            bench.await("\"op\":\"paused\"", client);
            client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"machines\",\"pace\":16,\"until\":\"" + (PAST + 7_000)
                    + "\"}");
            bench.passUntil("\"op\":\"subscribed\",\"id\":2,", client);
            bench.passUntil(7, client);
            bench.pass(Duration.ofSeconds(3), client);
            assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, 7));
            assertThat(client.lines().stream().filter(line -> line.contains("\"op\":\"paused\"")))
                    .hasSize(2);
        }
    }

    @Test
    void whatCannotBePlayedIsRefusedAndTheSubscriptionGoesOn() {
        try (TravelBench bench = TravelBench.open(
                1, channel -> channel, sink -> sink.limits(Limits.with("limits.paced-subscriptions", "1")))) {
            SessionProbe first = play(bench, ",\"pace\":1,\"until\":\"PT0S\"");
            SessionProbe second = bench.client().subscribe("machines", "");
            bench.await("\"op\":\"live\"", second);
            second.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"machines\",\"pace\":2}");
            assertThat(bench.await("\"op\":\"error\"", second))
                    .contains("\"id\":2", "busy", "laundry-bridge.limits.paced-subscriptions", "\"retry\":true");
            second.say("{\"op\":\"subscribe\",\"id\":3,\"ch\":\"machines\",\"until\":\"at:other.67a1f0:0@1\"}");
            assertThat(bench.await("\"id\":3", second)).contains("bad_position", "made again");
            bench.publish("m", 0, bench.now());
            second.awaitEvents(1);
            first.cut();
            Await.until(
                    "its place is free", TravelBench.SOON, () -> bench.telemetry.sum(Meter.PACED_SUBSCRIPTIONS) == 0);
            second.say("{\"op\":\"subscribe\",\"id\":4,\"ch\":\"machines\",\"pace\":2}");
            bench.await("\"op\":\"subscribed\",\"id\":4,", second);
            assertThat(bench.telemetry.sum(Meter.PACED_SUBSCRIPTIONS)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void rowsOfOthersHoldNothingAndMoveNoClock() {
        try (TravelBench bench = TravelBench.open(
                channel -> channel.access((Caller caller, String name) -> Grant.rows(RowFilter.keyPrefix("m"))))) {
            bench.publish("other", 100, PAST);
            bench.publish("m", 0, PAST + 50_000);
            bench.publish("other", 101, PAST + 50_500);
            bench.publish("other", 102, PAST + 3_000_000);
            bench.publish("m", 1, PAST + 52_000);
            SessionProbe client = bench.client().subscribe("machines", ",\"from\":\"earliest\",\"pace\":1");
            bench.pass(Duration.ofMillis(500), client);
            assertThat(Wire.numbers(client.events()))
                    .as("the clock begins with the first visible row")
                    .containsExactly(0);
            bench.pass(Duration.ofSeconds(1), client);
            assertThat(client.events()).hasSize(1);
            bench.pass(Duration.ofSeconds(1), client);
            assertThat(Wire.numbers(client.events())).containsExactly(0, 1);
        }
    }
}
