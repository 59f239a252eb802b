package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeBuilder;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that a filter of the application drops are holes on every path, and leave no outdated value. */
class DroppedRecordsAreHolesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);

    private final InMemorySource source = InMemorySource.named("machine-log");
    private final List<Bridge> bridges = new ArrayList<>();

    /** What a value is read into. */
    record Report(int n) {}

    @AfterEach
    void stops() {
        bridges.forEach(Bridge::stop);
    }

    private static BridgeBuilder even(BridgeBuilder records) {
        return records.filter(Report.class, report -> report.n() % 2 == 0);
    }

    private WebSocketSink node(ChannelBuilder channel) {
        WebSocketSink sink = WebSocketSink.at("/laundry");
        Bridge bridge = channel.access(Access.anonymous()).to(sink);
        bridges.add(bridge);
        bridge.start();
        bridge.awaitLive(SOON);
        return sink;
    }

    private void publish(int count) {
        IntStream.range(0, count).forEach(n -> source.publish("m-" + n % 10, "{\"n\":" + n + "}"));
    }

    private static List<Integer> evenBelow(int count) {
        return IntStream.range(0, count).filter(n -> n % 2 == 0).boxed().toList();
    }

    private static SessionProbe live(WebSocketSink sink, String rest) {
        SessionProbe client = SessionProbe.full(sink).subscribe("machines", rest);
        client.await("\"op\":\"live\"");
        return client;
    }

    /** The keys that have a value at the end. */
    private static Set<String> shown(SessionProbe client) {
        Set<String> keys = new TreeSet<>();
        for (String event : client.events()) {
            String key = event.replaceAll(".*\"k\":\"([^\"]*)\".*", "$1");
            boolean changed = event.endsWith("\"v\":null}") ? keys.remove(key) : keys.add(key);
            assertThat(changed).as(event).isTrue();
        }
        return keys;
    }

    private static void assertNoGap(SessionProbe client) {
        assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
    }

    @Test
    void liveAndReadAgainFromTheSource() {
        WebSocketSink sink = node(even(Bridge.from(source)).channel("machines").retain(SMALL));
        SessionProbe live = live(sink, "");
        publish(8_000);
        assertThat(Wire.numbers(live.awaitEvents(4_000))).containsExactlyElementsOf(evenBelow(8_000));
        SessionProbe again = live(sink, ",\"from\":\"earliest\"");
        assertThat(Wire.numbers(again.awaitEvents(4_000))).containsExactlyElementsOf(evenBelow(8_000));
        assertNoGap(live);
        assertNoGap(again);
    }

    @Test
    void aResumeInsideDroppedRecordsContinuesBehindThem() {
        WebSocketSink sink = node(even(Bridge.from(source)).channel("machines"));
        SessionProbe first = live(sink, "");
        String head = Wire.head(first.await("subscribed"));
        publish(10);
        first.awaitEvents(5);
        SessionProbe again = live(sink, ",\"from\":\"at:" + head + ":0@5\"");
        assertThat(Wire.numbers(again.awaitEvents(2))).containsExactly(6, 8);
        assertNoGap(again);
    }

    @Test
    void aKeyWhoseNewestRecordIsDroppedHasNoValue() {
        WebSocketSink sink = node(even(Bridge.from(source)).channel("machines").latestByKey());
        SessionProbe live = live(sink, ",\"from\":\"snapshot\"");
        source.publish("a", "{\"n\":2}");
        source.publish("b", "{\"n\":3}");
        source.publish("a", "{\"n\":5}");
        source.publish("c", "{\"n\":4}");
        live.await("\"k\":\"c\"");
        assertThat(live.events()).hasSize(3);
        assertThat(live.events().get(1)).contains("\"k\":\"a\"").endsWith("\"v\":null}");
        SessionProbe late = live(sink, ",\"from\":\"snapshot\"");
        assertThat(shown(late)).containsExactly("c");
        assertNoGap(live);
    }

    @Test
    void aPageThatReadsTheKeysPastAgainHasNoOutdatedValueEither() {
        WebSocketSink sink = node(even(Bridge.from(source))
                .channel("machines")
                .latestByKey()
                .retain(SMALL)
                .fallBehind(FallBehind.CATCH_UP));
        SessionProbe first = live(sink, "");
        source.publish("a", "{\"n\":2}");
        source.publish("a", "{\"n\":3}");
        publish(5_000);
        source.publish("end", "{\"n\":6}");
        first.await("\"k\":\"end\"");
        SessionProbe again = live(sink, ",\"from\":\"earliest\"");
        again.await("the last record", line -> line.contains("\"k\":\"end\""));
        List<String> ofA = again.events().stream()
                .filter(line -> line.contains("\"k\":\"a\""))
                .toList();
        assertThat(ofA).hasSize(2);
        assertThat(ofA.get(1)).endsWith("\"v\":null}");
    }

    @Test
    void aDeletionIsAskedForOnlyByAFilterOfTheRecord() {
        WebSocketSink sink = node(
                Bridge.from(source).filter(record -> record.value() != null).channel("machines"));
        SessionProbe live = live(sink, "");
        source.publish("a", null);
        source.publish("a", "{\"n\":1}");
        assertThat(Wire.numbers(live.awaitEvents(1))).containsExactly(1);
    }

    @Test
    void aFilterThatThrowsMakesAGap() {
        WebSocketSink sink = node(even(Bridge.from(source)).channel("machines"));
        SessionProbe live = live(sink, "");
        source.publish("a", "[]");
        source.publish("a", "{\"n\":2}");
        assertThat(Wire.numbers(live.awaitEvents(1))).containsExactly(2);
        assertThat(live.await("\"op\":\"gap\"")).contains("undecodable");
    }
}
