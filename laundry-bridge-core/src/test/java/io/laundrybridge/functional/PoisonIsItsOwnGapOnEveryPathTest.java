package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeState;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.testing.SessionProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.util.RawValue;

/** A decoder throws an error for some records: live, while state is loaded, and in replays. */
class PoisonIsItsOwnGapOnEveryPathTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);
    private static final List<String> POISON = List.of("stack", "class", "assertion", "memory");

    private final InMemorySource source = InMemorySource.named("machine-log");
    private final List<Bridge> bridges = new ArrayList<>();

    @AfterEach
    void stops() {
        bridges.forEach(Bridge::stop);
    }

    private static RawValue decode(SourceRecord record) {
        String text = new String(record.value(), StandardCharsets.UTF_8);
        switch (text) {
            case "stack" -> throw new StackOverflowError();
            case "class" -> throw new NoClassDefFoundError("com/example/Report");
            case "assertion" -> throw new AssertionError("not a report");
            case "memory" -> throw new OutOfMemoryError("Requested array size exceeds VM limit");
            default -> {
                return new RawValue(text);
            }
        }
    }

    private WebSocketSink node(boolean state) {
        WebSocketSink sink = WebSocketSink.at("/laundry");
        var channel = Bridge.from(source)
                .map(PoisonIsItsOwnGapOnEveryPathTest::decode, view -> view)
                .channel("machines")
                .retain(SMALL)
                .access(Access.anonymous());
        Bridge bridge = (state ? channel.latestByKey() : channel).to(sink);
        bridges.add(bridge);
        bridge.start();
        bridge.awaitLive(SOON);
        return sink;
    }

    private void publishPoisonThen(int from, int to) {
        POISON.forEach(value -> source.publish("m-0", value));
        for (int n = from; n < to; n++) {
            source.publish("m-" + n % 10, "{\"n\":" + n + "}");
        }
    }

    private static long gaps(SessionProbe client) {
        return client.lines().stream()
                .filter(line -> line.contains("\"op\":\"gap\"") && line.contains("undecodable"))
                .count();
    }

    @Test
    void liveAndReadAgain() {
        WebSocketSink sink = node(false);
        SessionProbe live = SessionProbe.full(sink).subscribe("machines", "");
        live.await("\"op\":\"live\"");
        publishPoisonThen(0, 5_000);
        assertThat(Wire.numbers(live.awaitEvents(5_000))).containsExactlyElementsOf(Wire.range(0, 5_000));
        assertThat(gaps(live)).isEqualTo(POISON.size());
        SessionProbe again = SessionProbe.full(sink).subscribe("machines", ",\"from\":\"earliest\"");
        assertThat(Wire.numbers(again.awaitEvents(5_000))).containsExactlyElementsOf(Wire.range(0, 5_000));
        assertThat(gaps(again)).isEqualTo(POISON.size());
        assertThat(bridges).allMatch(bridge -> bridge.state() == BridgeState.LIVE);
    }

    @Test
    void whileStateIsLoaded() {
        publishPoisonThen(1, 10);
        SessionProbe client = SessionProbe.full(node(true)).subscribe("machines", ",\"from\":\"snapshot\"");
        client.await("\"state\":\"end\"");
        assertThat(Wire.numbers(client.events())).containsExactlyInAnyOrderElementsOf(Wire.range(1, 10));
    }
}
