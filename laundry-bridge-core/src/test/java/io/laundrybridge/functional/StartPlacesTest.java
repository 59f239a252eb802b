package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.ReplayBudget;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartPlacesTest {
    @Test
    void lastGivesTheNewestMatchingEventsThenLive() {
        try (Laundry laundry = Laundry.open()) {
            laundry.publish(0, 100);
            SessionProbe client =
                    SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"last:3\",\"keys\":[\"m-7\"]");
            client.await("\"op\":\"live\"");
            laundry.publish(100, 10);
            assertThat(Wire.numbers(client.awaitEvents(4))).containsExactly(77, 87, 97, 107);
        }
    }

    @Test
    void keysSelectByNameAndByPrefixAndLiteralStar() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe client = SessionProbe.full(laundry.sink())
                    .subscribe("machines", ",\"keys\":[\"a\",\"site-7/*\",\"x\\\\*\"]");
            client.await("\"op\":\"live\"");
            int n = 0;
            for (String key : new String[] {"a", "ab", "site-7/w", "site-70/w", "x*", "xy"}) {
                laundry.source().publish(key, "{\"n\":" + n++ + "}");
            }
            laundry.source().publish("a", "{\"n\":" + n + "}");
            assertThat(Wire.numbers(client.awaitEvents(4))).containsExactly(0, 2, 4, 6);
        }
    }

    @Test
    void earliestIsWholeWhileMemoryReachesTheBeginning() {
        try (Laundry laundry = Laundry.open()) {
            laundry.publish(0, 20);
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"earliest\"");
            assertThat(Wire.numbers(client.awaitEvents(20))).containsExactlyElementsOf(Wire.range(0, 20));
            assertThat(client.await("subscribed")).contains("\"recovered\":true");
        }
    }

    @Test
    void earliestBeyondMemoryIsAnHonestGap() {
        try (Laundry laundry = Laundry.open(
                channel -> channel.retain(Retention.of(Duration.ofMinutes(10), 64 << 10))
                        .replay(new ReplayBudget(0, 0)),
                sink -> sink)) {
            laundry.publish(0, 5_000);
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"earliest\"");
            client.await("\"op\":\"live\"");
            String gap = client.await("\"op\":\"gap\"");
            int first = Wire.number(client.events().get(0));
            assertThat(gap).contains("\"reason\":\"limit\"").contains("\"to\":\"0@" + first);
            assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(first, 5_000));
            assertThat(client.await("subscribed")).contains("\"recovered\":false");
        }
    }

    @Test
    void sinceStartsAtTheInstant() {
        try (Laundry laundry = Laundry.open()) {
            laundry.publish(0, 5);
            SessionProbe past = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"since:PT5M\"");
            assertThat(Wire.numbers(past.awaitEvents(5))).containsExactly(0, 1, 2, 3, 4);
            SessionProbe future = SessionProbe.full(laundry.sink())
                    .subscribe("machines", ",\"from\":\"since:" + Instant.now().plusSeconds(3_600) + "\"");
            future.await("\"op\":\"live\"");
            assertThat(future.events()).isEmpty();
        }
    }

    @Test
    void aPositionAheadOfThisNodeWaitsAndIsThenReset() {
        try (Laundry laundry = Laundry.open(
                channel -> channel,
                sink -> sink.heartbeat(Duration.ofMillis(100)).limits(Limits.with("limits.ahead-wait", "300ms")))) {
            laundry.publish(0, 3);
            SessionProbe probe = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            String head = Wire.head(probe.await("subscribed"));
            SessionProbe patient =
                    SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"at:" + head + ":0@5\"");
            laundry.publish(3, 4);
            assertThat(Wire.numbers(patient.awaitEvents(2))).containsExactly(5, 6);
            SessionProbe forged =
                    SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"at:" + head + ":0@99999\"");
            assertThat(forged.await("\"op\":\"reset\"")).contains("\"reason\":\"ahead\"");
        }
    }

    @Test
    void aPositionOfMorePartitionsThanTheTopicHasIsRefused() {
        try (Laundry laundry = Laundry.open()) {
            laundry.publish(0, 3);
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            String head = Wire.head(client.await("subscribed"));
            for (String more : new String[] {"1@0", "0@1,1@0", "9999@0", "9999@7"}) {
                SessionProbe forger = SessionProbe.full(laundry.sink())
                        .subscribe("machines", ",\"from\":\"at:" + head + ":" + more + "\"");
                assertThat(forger.await("\"op\":\"error\""))
                        .contains("bad_position")
                        .contains("1 partition");
            }
            SessionProbe plain =
                    SessionProbe.plain(laundry.sink(), Map.of("from", List.of("at:" + head + ":0@1,9999@0")));
            assertThat(plain.awaitClose()).isEqualTo(CloseCode.CONTINUITY_LOST.code());
        }
    }

    /** The first node has seen more records than the source keeps, and its memory keeps fewer. */
    @Test
    void earliestIsTheSameOnAnOldNodeAsOnAFreshOne() {
        InMemorySource source = InMemorySource.named("s", 1, 2_000, Runnable::run);
        List<Bridge> bridges = new ArrayList<>();
        List<SessionProbe> clients = new ArrayList<>();
        for (String node : List.of("old", "fresh")) {
            WebSocketSink sink = WebSocketSink.at("/laundry");
            Bridge bridge = Bridge.from(source)
                    .channel(node)
                    .access(Access.anonymous())
                    .retain(Retention.of(Duration.ofMinutes(10), 64 << 10))
                    .replay(new ReplayBudget(2_500, 1 << 20))
                    .to(sink);
            bridges.add(bridge);
            bridge.start();
            bridge.awaitLive(Duration.ofSeconds(10));
            for (int n = 0; n < 6_000 && node.equals("old"); n++) {
                source.publish("m-" + n % 10, "{\"n\":" + n + "}");
            }
            clients.add(SessionProbe.full(sink).subscribe(node, ",\"from\":\"earliest\""));
        }
        for (SessionProbe client : clients) {
            client.await("\"op\":\"live\"");
            assertThat(client.await("subscribed"))
                    .contains("\"recovered\":true")
                    .contains(":0@4000\"");
            assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
            assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(4_000, 6_000));
        }
        bridges.forEach(Bridge::stop);
    }

    @Test
    void aChangedSelectionKeepsItsPlace() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"keys\":[\"m-1\"]");
            client.await("\"op\":\"live\"");
            laundry.publish(0, 10);
            client.awaitEvents(1);
            client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"machines\",\"keys\":[\"m-2\"]}");
            assertThat(client.await("\"id\":2")).contains("subscribed");
            laundry.publish(10, 10);
            assertThat(Wire.numbers(client.awaitEvents(2))).containsExactly(1, 12);
        }
    }
}
