package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.StateLimits;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A filter applies on every path that an event may take to a client. */
class FiltersSelectOnEveryPathTest {
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);
    private static final String HOT = ",\"where\":{\"ge\":[\"/n\",50]}";
    private static final String EVEN = ",\"where\":{\"eq\":[\"/even\",true]}";

    private static Laundry laundry(UnaryOperator<ChannelBuilder> channel) {
        return Laundry.open(channel.andThen(built -> built.filterFields("/n", "/even"))::apply, sink -> sink);
    }

    private static void publish(Laundry laundry, String key, int... numbers) {
        for (int n : numbers) {
            laundry.publish(key, "{\"n\":" + n + ",\"even\":" + (n % 2 == 0) + "}");
        }
    }

    private static SessionProbe live(Laundry laundry, String rest) {
        SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", rest);
        client.await("\"op\":\"live\"");
        return client;
    }

    /** Each event as key and number, or as key and its fate. */
    private static List<String> told(List<String> events) {
        List<String> told = new ArrayList<>();
        for (String event : events) {
            String key = event.replaceAll(".*\"k\":\"([^\"]*)\".*", "$1");
            told.add(key
                    + (event.contains("\"left\":true,\"v\":null}")
                            ? " left"
                            : event.endsWith("\"v\":null}") ? " deleted" : " " + Wire.number(event)));
        }
        return told;
    }

    @Test
    void live() {
        try (Laundry laundry = laundry(channel -> channel)) {
            SessionProbe client = live(laundry, HOT);
            laundry.publish(0, 60);
            assertThat(Wire.numbers(client.awaitEvents(10))).containsExactlyElementsOf(Wire.range(50, 60));
        }
    }

    @Test
    void keysAndFilterBothHaveToMatch() {
        try (Laundry laundry = laundry(channel -> channel)) {
            SessionProbe client = live(laundry, ",\"keys\":[\"m-1\",\"m-2*\"]" + HOT);
            laundry.publish(0, 70);
            assertThat(Wire.numbers(client.awaitEvents(4))).containsExactly(51, 52, 61, 62);
        }
    }

    @Test
    void theNewestThatMatch() {
        try (Laundry laundry = laundry(channel -> channel)) {
            laundry.publish(0, 100);
            SessionProbe client = live(laundry, ",\"from\":\"last:3\",\"where\":{\"lt\":[\"/n\",20]}");
            assertThat(Wire.numbers(client.events())).containsExactly(17, 18, 19);
        }
    }

    @Test
    void aResumeFromMemory() {
        try (Laundry laundry = laundry(channel -> channel)) {
            String head = Wire.head(live(laundry, HOT).await("subscribed"));
            laundry.publish(0, 60);
            SessionProbe again = live(laundry, ",\"from\":\"at:" + head + ":0@53\"" + HOT);
            assertThat(Wire.numbers(again.events())).containsExactlyElementsOf(Wire.range(53, 60));
        }
    }

    @Test
    void aReplaySendsOnlyEventsThatMatch() {
        try (Laundry laundry = laundry(channel -> channel.retain(SMALL))) {
            laundry.publish(0, 5_000);
            SessionProbe client = live(laundry, ",\"from\":\"earliest\",\"where\":{\"lt\":[\"/n\",50]}");
            assertThat(Wire.numbers(client.events())).containsExactlyElementsOf(Wire.range(0, 50));
        }
    }

    @Test
    void aSnapshotAndWhatFollowsIt() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            publish(laundry, "a", 2);
            publish(laundry, "b", 3);
            SessionProbe client = live(laundry, EVEN);
            assertThat(client.await("\"state\":\"end\"")).contains("\"count\":1");
            publish(laundry, "b", 5, 6, 7, 9);
            publish(laundry, "a", 4, 1);
            laundry.publish("a", null);
            publish(laundry, "c", 8);
            laundry.publish("c", null);
            publish(laundry, "d", 10);
            client.await("\"k\":\"d\"");
            assertThat(told(client.events()))
                    .containsExactly("a 2", "b 6", "b left", "a 4", "a left", "c 8", "c deleted", "d 10");
        }
    }

    @Test
    void aFilterThatChangesOnAChannelWithState() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            publish(laundry, "a", 2);
            publish(laundry, "b", 3);
            SessionProbe client = live(laundry, EVEN);
            client.subscribe("machines", ",\"where\":{\"eq\":[\"/even\",false]}");
            client.await("\"n\":3,");
            publish(laundry, "a", 4);
            publish(laundry, "b", 6);
            publish(laundry, "a", 1);
            client.await("\"n\":1,");
            assertThat(told(client.events())).containsExactly("a 2", "b 3", "b left", "a 1");
        }
    }

    /** The reader may pass over events after which the client must forget a key. */
    @Test
    void aSlowSessionLosesTheKeysThatStoppedMatchingUnseen() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            publish(laundry, "a", 2);
            publish(laundry, "b", 4);
            publish(laundry, "c", 6);
            SessionProbe client = live(laundry, EVEN);
            SessionProbe other = live(laundry, "");
            client.stopReading();
            publish(laundry, "z", 0);
            client.await("\"k\":\"z\"");
            publish(laundry, "a", 1, 3, 5);
            publish(laundry, "b", 1, 8);
            publish(laundry, "c", 8, 7);
            laundry.publish("c", null);
            publish(laundry, "c", 9);
            for (int i = 0; i < 600; i++) {
                laundry.source().publish("y-" + i, "{\"n\":1,\"even\":false}");
            }
            publish(laundry, "end", 10);
            other.await("\"k\":\"end\"");
            client.readAgain();
            client.await("\"k\":\"end\"");
            List<String> told = told(client.events());
            assertThat(told.subList(4, told.size())).containsExactly("a left", "b 8", "c left", "end 10");
        }
    }

    @Test
    void everySoOften() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            publish(laundry, "a", 2);
            SessionProbe client = live(laundry, ",\"every\":20" + EVEN);
            publish(laundry, "a", 4, 1, 3);
            client.await("\"left\":true");
            publish(laundry, "a", 6);
            client.await("\"n\":6,");
            assertThat(told(client.events())).startsWith("a 2").endsWith("a left", "a 6");
        }
    }

    /** The earlier value is unknown, so a key is removed too often rather than never. */
    @Test
    void moreStateThanAllowed() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey(new StateLimits(2, 1 << 20)))) {
            SessionProbe client = live(laundry, EVEN);
            publish(laundry, "a", 2);
            for (int i = 0; i < 5; i++) {
                publish(laundry, "k-" + i, 2);
            }
            publish(laundry, "a", 1);
            client.await("\"left\":true");
            assertThat(told(client.events())).endsWith("k-4 2", "a left");
        }
    }

    @Test
    void aKeyWhoseValueCannotBeReadIsForgottenOnceItStopsMatching() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            publish(laundry, "a", 2);
            SessionProbe client = live(laundry, EVEN);
            laundry.source().publish("a", "{\"n\":1,\"n\":2}");
            publish(laundry, "a", 1);
            client.await("\"left\":true");
            assertThat(client.await("\"op\":\"gap\"")).contains("undecodable");
            assertThat(told(client.events())).containsExactly("a 2", "a left");
        }
    }

    @Test
    void plainClients() {
        try (Laundry laundry = laundry(channel -> channel.latestByKey())) {
            publish(laundry, "a", 2);
            publish(laundry, "b", 3);
            SessionProbe plain = SessionProbe.plain(
                    laundry.sink(), Map.of("where", List.of("{\"eq\":[\"/even\",true]}"), "key", List.of("a", "b")));
            plain.await("the snapshot", line -> line.contains("\"n\":2,"));
            publish(laundry, "a", 1);
            publish(laundry, "c", 4);
            publish(laundry, "b", 6);
            plain.await("\"n\":6,");
            assertThat(plain.lines()).containsExactly("{\"n\":2,\"even\":true}", "null", "{\"n\":6,\"even\":true}");
        }
    }

    @Test
    void plainClientsWithABadFilterAreClosedWithTheSentence() {
        try (Laundry laundry = laundry(channel -> channel)) {
            SessionProbe plain =
                    SessionProbe.plain(laundry.sink(), Map.of("where", List.of("{\"gt\":[\"/heat\",60]}")));
            assertThat(plain.awaitClose()).isEqualTo(4400);
            assertThat(plain.closeReason()).contains("/heat").contains("/n, /even");
        }
    }

    record Machine(int n) {}

    record Tile(int doubled) {}

    @Test
    void mappedChannelsAreFilteredByWhatTheMappingMade() {
        InMemorySource source = InMemorySource.named("machine-log");
        WebSocketSink sink = WebSocketSink.at("/laundry");
        Bridge bridge = Bridge.from(source)
                .map(Machine.class, machine -> new Tile(machine.n() * 2))
                .channel("machines")
                .access(Access.anonymous())
                .filterFields("/doubled", "/n")
                .to(sink);
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(10));
        SessionProbe client = SessionProbe.full(sink)
                .subscribe(
                        "machines", ",\"where\":{\"and\":[{\"gt\":[\"/doubled\",10]},{\"not\":{\"exists\":\"/n\"}}]}");
        client.await("\"op\":\"live\"");
        for (int n = 0; n < 8; n++) {
            source.publish("k", "{\"n\":" + n + "}");
        }
        assertThat(client.awaitEvents(2)).allMatch(line -> line.matches(".*\"v\":\\{\"doubled\":1[24]}}"));
        bridge.stop();
    }

    /** Events that no reader wants fill the log far beyond its memory. */
    @Test
    void aSessionFallsBehindOnlyByEventsThatConcernIt() {
        CountingTelemetry telemetry = new CountingTelemetry();
        try (Laundry laundry = Laundry.open(
                channel -> channel.retain(Retention.of(Duration.ofMinutes(10), 256 << 10))
                        .fallBehind(FallBehind.DISCONNECT)
                        .filterFields("/n")
                        .services(HostServices.standard().withTelemetry(telemetry)),
                sink -> sink.workers(1).heartbeat(Duration.ofMillis(100)))) {
            SessionProbe key = live(laundry, ",\"keys\":[\"only\"]");
            SessionProbe filter = live(laundry, ",\"where\":{\"eq\":[\"/n\",-1]}");
            SessionProbe all = live(laundry, "");
            for (int i = 0; i < 50; i++) {
                laundry.publish(i * 100, 100);
                all.awaitEvents((i + 1) * 100);
            }
            laundry.source().publish("only", "{\"n\":-1}");
            key.awaitEvents(1);
            filter.awaitEvents(1);
            key.await("a bookmark at the end", line -> line.contains("bookmark") && line.contains(":0@5001\""));
            filter.await("a bookmark at the end", line -> line.contains("bookmark") && line.contains(":0@5001\""));
            assertThat(telemetry.sum(Meter.FELL_BEHIND)).isZero();
        }
    }

    @Test
    void bookmarksGoOnWhereNothingMatches() {
        try (Laundry laundry =
                Laundry.open(channel -> channel.filterFields("/n"), sink -> sink.heartbeat(Duration.ofMillis(100)))) {
            SessionProbe client = live(laundry, ",\"keys\":[\"nobody\"]");
            laundry.publish(0, 500);
            client.await("a bookmark at the end", line -> line.contains("bookmark") && line.contains(":0@500\""));
            assertThat(client.events()).isEmpty();
        }
    }

    @Test
    void theWelcomeNamesIt() {
        try (Laundry laundry = laundry(channel -> channel)) {
            assertThat(SessionProbe.full(laundry.sink()).await("welcome"))
                    .containsPattern("\"features\":\\[[^]]*\"where\"]");
        }
    }
}
