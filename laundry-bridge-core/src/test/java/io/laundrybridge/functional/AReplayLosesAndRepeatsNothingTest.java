package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.host.Meter;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client does in the middle of a replay, it gets every event once. The clock is the test's. */
class AReplayLosesAndRepeatsNothingTest {
    private static final long PAST = TravelBench.PRESENT - 600_000;
    private static final String FROM_PAST = ",\"from\":\"since:" + PAST + "\"";
    private static final int EVENTS = 200;

    private int id = 1;

    private static TravelBench bench(boolean remembered) {
        TravelBench bench = TravelBench.open(remembered ? channel -> channel : TravelBench::shortMemory);
        for (int n = 0; n < EVENTS; n++) {
            bench.publish("m" + n % 3, n, PAST + n * 500L);
        }
        if (!remembered) {
            bench.fillMemory();
        }
        return bench;
    }

    private void change(TravelBench bench, SessionProbe client, String fields) {
        client.say("{\"op\":\"subscribe\",\"id\":" + ++id + ",\"ch\":\"machines\",\"keys\":[\"m*\"]" + fields + "}");
        bench.await("\"op\":\"subscribed\",\"id\":" + id + ",", client);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changesOfPaceAndEndAtRandomTimes(boolean remembered) {
        long seed = Long.getLong("replay.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (TravelBench bench = bench(remembered)) {
            SessionProbe client = bench.client();
            client.subscribe("machines", FROM_PAST + ",\"pace\":1,\"keys\":[\"m*\"]");
            client.await("\"op\":\"subscribed\"");
            for (int n = 0; n < 25; n++) {
                bench.pass(Duration.ofMillis(random.nextInt(400)), client);
                change(
                        bench,
                        client,
                        switch (random.nextInt(5)) {
                            case 0 -> ",\"pace\":0";
                            case 1 -> ",\"pace\":16";
                            case 2 ->
                                ",\"pace\":" + random.nextInt(17) + ",\"until\":\"" + (PAST + random.nextInt(60_000))
                                        + "\"";
                            case 3 -> ",\"until\":\"" + (PAST + random.nextInt(60_000)) + "\"";
                            default -> ",\"pace\":4";
                        });
            }
            change(bench, client, "");
            bench.await("\"op\":\"live\"", client);
            assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, EVENTS));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatBreaksGoesOnWhereItWas(boolean remembered) {
        try (TravelBench bench = bench(remembered)) {
            List<Integer> got = new ArrayList<>();
            String from = FROM_PAST;
            for (int n = 0; n < 4; n++) {
                SessionProbe client = bench.client().subscribe("machines", from + ",\"pace\":16,\"keys\":[\"m*\"]");
                String head = Wire.head(client.await("\"op\":\"subscribed\""));
                bench.passUntil(20, client);
                client.cut();
                List<String> events = client.events();
                got.addAll(Wire.numbers(events));
                String place = events.get(events.size() - 1).replaceAll(".*\"at\":\"0@([0-9]+).*", "$1");
                from = ",\"from\":\"at:" + head + ":0@" + (Long.parseLong(place) + 1) + "\"";
            }
            assertThat(got).containsExactlyElementsOf(Wire.range(0, got.size()));
        }
    }

    @Test
    void aChannelWithStateIsPlayedEventByEventAndThenShowsItsStateAgain() {
        try (TravelBench bench = TravelBench.open(channel -> TravelBench.shortMemory(channel.latestByKey()))) {
            for (int n = 0; n < 40; n++) {
                bench.publish("m" + n % 4, n, PAST + n * 1_000L);
            }
            bench.fillMemory();
            SessionProbe client = bench.client().subscribe("machines", ",\"keys\":[\"m*\"]");
            client.await("\"op\":\"live\"");
            int before = client.lines().size();
            change(
                    bench,
                    client,
                    FROM_PAST.replace(Long.toString(PAST), Long.toString(PAST + 20_000))
                            + ",\"lead\":\"PT3S\",\"pace\":16");
            bench.passUntil("\"state\":\"end\"", client);
            bench.passUntil(4 + 3 + 20, client);
            List<String> events = client.linesFrom(before).stream()
                    .filter(line -> line.startsWith("{\"ch\""))
                    .toList();
            assertThat(Wire.numbers(events)).containsExactlyElementsOf(Wire.range(17, 40));
            List<String> lines = client.linesFrom(before);
            int begin = indexOf(lines, "\"state\":\"begin\"");
            int end = indexOf(lines, "\"state\":\"end\"");
            assertThat(lines.subList(begin, end).stream().filter(line -> line.startsWith("{\"ch\"")))
                    .hasSize(3);
            assertThat(lines.get(end)).contains(":0@20").contains("\"count\":3");
            int live = client.lines().size();
            change(bench, client, "");
            client.await("the state again", line -> indexOf(client.linesFrom(live), "\"state\":\"end\"") >= 0);
            assertThat(Wire.numbers(client.linesFrom(live).stream()
                            .filter(line -> line.startsWith("{\"ch\""))
                            .toList()))
                    .containsExactlyInAnyOrder(36, 37, 38, 39);
        }
    }

    @Test
    void aPauseOfAChannelWithStateBringsNoSnapshotAndGoesOnInFull() {
        try (TravelBench bench = TravelBench.open(ChannelBuilder::latestByKey)) {
            SessionProbe client = bench.client().subscribe("machines", ",\"keys\":[\"m*\"]");
            client.await("\"op\":\"live\"");
            int before = client.lines().size();
            change(bench, client, ",\"pace\":0");
            client.await("\"op\":\"paused\"");
            for (int n = 0; n < 10; n++) {
                bench.publish("m1", n, bench.now());
                bench.pass(Duration.ofMillis(100), client);
            }
            assertThat(client.events()).isEmpty();
            change(bench, client, ",\"pace\":2");
            bench.passUntil(10, client);
            assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, 10));
            assertThat(indexOf(client.linesFrom(before), "snapshot")).isEqualTo(-1);
            assertThat(client.lines().stream().filter(line -> line.contains("\"op\":\"paused\"")))
                    .hasSize(1);
            bench.passUntil("\"op\":\"snapshot\"", client); // it has reached the present
            bench.publish("m1", 10, bench.now());
            bench.passUntil(12, client);
        }
    }

    @Test
    void aHiddenPageStandsStillAndGoesOnInFull() {
        try (TravelBench bench = bench(false)) {
            SessionProbe client = bench.client().subscribe("machines", FROM_PAST + ",\"pace\":4,\"keys\":[\"m*\"]");
            bench.passUntil(10, client);
            client.say("{\"op\":\"view\",\"hidden\":true,\"onReturn\":\"latest\"}");
            bench.handled(client);
            int seen = client.events().size();
            bench.pass(Duration.ofSeconds(5), client);
            assertThat(client.events()).hasSize(seen);
            client.say("{\"op\":\"view\",\"hidden\":false}");
            bench.pass(Duration.ofMillis(500), client);
            assertThat(client.events().size() - seen).isLessThan(8);
            bench.passUntil(EVENTS, client);
            assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, EVENTS));
        }
    }

    @Test
    void aReplayThatReachesThePresentGoesOnLive() {
        try (TravelBench bench = TravelBench.open(channel -> channel)) {
            for (int n = 0; n < 20; n++) {
                bench.publish("m", n, TravelBench.PRESENT - 20_000 + n * 1_000L);
            }
            SessionProbe client = bench.client();
            client.subscribe("machines", ",\"from\":\"since:PT20S\",\"pace\":16,\"keys\":[\"m*\"]");
            client.await("\"op\":\"subscribed\"");
            bench.passUntil("\"op\":\"live\"", client);
            bench.publish("m", 20, bench.now());
            client.awaitEvents(21);
            assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, 21));
            assertThat(bench.telemetry.sum(Meter.PACED_SUBSCRIPTIONS)).isZero();
        }
    }

    private static int indexOf(List<String> lines, String text) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i;
            }
        }
        return -1;
    }
}
