package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.SessionProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.util.RawValue;

/**
 * A decoder needs a service that is away for a while, such as a schema registry: channels wait, report it, and continue
 * at their places.
 */
class AnUnavailableDecoderLosesNothingTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);

    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean lookedInVain = new AtomicBoolean();
    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final InMemorySource source = InMemorySource.named("machine-log");
    private final WebSocketSink sink = WebSocketSink.at("/laundry");
    private final List<Bridge> bridges = new ArrayList<>();

    @AfterEach
    void stops() {
        bridges.forEach(Bridge::stop);
    }

    private RawValue decode(SourceRecord record) {
        String thread = Thread.currentThread().getName();
        if (away.get() && thread.contains(waiting)) {
            lookedInVain.set(true);
            throw new RetriableDecodeException("The schema registry does not answer", new IllegalStateException());
        }
        return new RawValue(new String(record.value(), StandardCharsets.UTF_8));
    }

    /** The threads that wait for the registry. */
    private String waiting = "-source";

    private Bridge bridge(UnaryOperator<ChannelBuilder> settings) {
        Bridge bridge = settings.apply(Bridge.from(source)
                        .map(this::decode, view -> view)
                        .undecodable(UndecodablePolicy.FAIL)
                        .channel("machines")
                        .services(HostServices.standard().withTelemetry(telemetry))
                        .access(Access.anonymous()))
                .to(sink);
        bridges.add(bridge);
        bridge.start();
        return bridge;
    }

    private void publish(int from, int to) {
        for (int n = from; n < to; n++) {
            source.publish("m-" + n % 10, "{\"n\":" + n + "}");
        }
    }

    @Test
    void aLiveChannelIsStaleWithTheReasonAndGoesOnWhereItWas() {
        bridge(channel -> channel).awaitLive(SOON);
        Bridge other =
                Bridge.from(source).channel("raw").access(Access.anonymous()).to(sink);
        bridges.add(other);
        other.start();
        other.awaitLive(SOON);
        SessionProbe client = SessionProbe.full(sink).subscribe("machines", "");
        client.await("\"op\":\"live\"");
        SessionProbe raw = SessionProbe.full(sink).subscribe("raw", "");
        raw.await("\"op\":\"live\"");
        publish(0, 5);
        client.awaitEvents(5);
        away.set(true);
        publish(5, 20);
        assertThat(client.await("\"state\":\"stale\"")).contains("The schema registry does not answer");
        assertThat(Wire.numbers(raw.awaitEvents(20))).containsExactlyElementsOf(Wire.range(0, 20));
        assertThat(client.events()).hasSize(5);
        away.set(false);
        assertThat(Wire.numbers(client.awaitEvents(20))).containsExactlyElementsOf(Wire.range(0, 20));
        client.await("\"state\":\"fresh\"");
        publish(20, 25);
        assertThat(Wire.numbers(client.awaitEvents(25))).containsExactlyElementsOf(Wire.range(0, 25));
        assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
        assertThat(telemetry.sum(Meter.UNDECODABLE)).isZero();
        assertThat(telemetry.sum(Meter.RECORDS)).isEqualTo(25);
    }

    @Test
    void aStateThatIsBeingLoadedWaitsAndIsWhole() {
        publish(0, 100);
        away.set(true);
        Bridge bridge = bridge(ChannelBuilder::latestByKey);
        Await.until("the reason", SOON, () -> bridge.reason().contains("schema registry"));
        SessionProbe early = SessionProbe.full(sink).subscribe("machines", ",\"from\":\"snapshot\"");
        assertThat(early.await("\"op\":\"error\"")).contains("source_unavailable");
        away.set(false);
        bridge.awaitLive(SOON);
        SessionProbe client = SessionProbe.full(sink).subscribe("machines", ",\"from\":\"snapshot\"");
        client.await("\"state\":\"end\"");
        assertThat(Wire.numbers(client.events())).containsExactlyInAnyOrderElementsOf(Wire.range(90, 100));
    }

    @Test
    void aReplayWaitsForTheDecoderAndIsComplete() {
        waiting = "-replay";
        away.set(true);
        bridge(channel -> channel.retain(SMALL)).awaitLive(SOON);
        publish(0, 5_000);
        Await.until("all records", SOON, () -> telemetry.sum(Meter.RECORDS) == 5_000);
        SessionProbe client = SessionProbe.full(sink).subscribe("machines", ",\"from\":\"earliest\"");
        client.await("\"op\":\"subscribed\"");
        Await.until("a look that failed", SOON, () -> lookedInVain.get());
        assertThat(client.events()).isEmpty();
        publish(5_000, 5_001);
        away.set(false);
        assertThat(Wire.numbers(client.awaitEvents(5_001))).containsExactlyElementsOf(Wire.range(0, 5_001));
        assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
    }
}
