package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.DeadLetters;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.HistoryException;
import io.laundrybridge.source.HistoryHandler;
import io.laundrybridge.source.HistoryReader;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A time before memory is requested while the source does not answer: no session hangs, and no other one waits. */
class SinceWaitsForItsSourceTest {
    private static final String PAST = ",\"from\":\"since:PT5M\"";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final HostServices services = HostServices.standard().withTelemetry(telemetry);
    private final AtomicReference<Grant> granted = new AtomicReference<>(Grant.everything());
    private final AtomicInteger asked = new AtomicInteger();
    private final DeafSource source = new DeafSource();
    private final WebSocketSink node = WebSocketSink.builder("/laundry")
            .services(services)
            .workers(1)
            .heartbeat(Duration.ofMillis(100))
            .limits(Limits.with("limits.ahead-wait", "1s"))
            .build();
    private final Bridge machines = bridge("machines", source);
    private final Bridge others = bridge("others", InMemorySource.named("others"));

    @BeforeEach
    void startsWithMoreThanMemoryHolds() {
        machines.start();
        others.start();
        machines.awaitLive(SOON);
        others.awaitLive(SOON);
        for (int n = 0; n < 3_000; n++) {
            source.records.publish("m", "{\"n\":" + n + "}");
        }
    }

    @AfterEach
    void leavesNothingWaiting() {
        Await.until("nobody waits", SOON, () -> telemetry.sum(Meter.REPLAY_WAITING) == 0);
        machines.stop();
        others.stop();
        assertThat(telemetry.sum(Meter.SUBSCRIPTIONS)).isZero();
    }

    @Test
    void aSourceThatAnswersLateIsWaitedFor() {
        SessionProbe client = SessionProbe.full(node).subscribe("machines", PAST);
        client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"others\"}").await("\"ch\":\"others\",\"at\"");
        assertThat(client.lines()).noneMatch(line -> line.contains("\"ch\":\"machines\""));
        source.hears.set(true);
        assertThat(Wire.numbers(client.awaitEvents(3_000))).containsExactlyElementsOf(Wire.range(0, 3_000));
    }

    @Test
    void oneThatDoesNotAnswerInTimeIsAnErrorWorthAnotherTry() {
        SessionProbe plain =
                SessionProbe.plain(node, Map.of("channel", List.of("machines"), "from", List.of("since:PT5M")));
        SessionProbe client = SessionProbe.full(node).subscribe("machines", PAST);
        assertThat(client.await("\"op\":\"error\""))
                .contains("\"id\":1")
                .contains("\"code\":\"source_unavailable\"")
                .contains("\"retry\":true");
        assertThat(plain.awaitClose()).isEqualTo(1013);
        source.hears.set(true);
        client.subscribe("machines", PAST);
        assertThat(Wire.numbers(client.awaitEvents(3_000))).containsExactlyElementsOf(Wire.range(0, 3_000));
    }

    @Test
    void requestsOfSessionsThatEndOrChangeAreDropped() {
        SessionProbe goes = SessionProbe.full(node).subscribe("machines", PAST);
        SessionProbe ends = SessionProbe.full(node).subscribe("machines", PAST);
        SessionProbe changes = SessionProbe.full(node).subscribe("machines", PAST);
        SessionProbe plain =
                SessionProbe.plain(node, Map.of("channel", List.of("machines"), "from", List.of("since:PT5M")));
        Await.until("four wait", SOON, () -> telemetry.sum(Meter.REPLAY_WAITING) == 4);
        goes.cut();
        plain.cut();
        ends.say("{\"op\":\"unsubscribe\",\"id\":2,\"ch\":\"machines\"}").await("\"op\":\"unsubscribed\"");
        changes.subscribe("machines", ",\"from\":\"live\"").await("\"op\":\"live\"");
        Await.until("nobody waits", SOON, () -> telemetry.sum(Meter.REPLAY_WAITING) == 0);
        assertThat(changes.lines().stream().filter(line -> line.contains("\"op\":\"live\"")))
                .as("the overtaken request is answered, and starts nothing")
                .hasSize(1);
    }

    @Test
    void aSelectionChangedMeanwhileKeepsItsTime() {
        SessionProbe client = SessionProbe.full(node).subscribe("machines", PAST + ",\"keys\":[\"other\"]");
        client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"machines\",\"keys\":[\"m*\"]}");
        client.say("{\"op\":\"ping\",\"id\":3}").await("\"op\":\"pong\""); // the line before it has been handled
        source.hears.set(true);
        client.await("the answer", line -> line.contains("\"op\":\"subscribed\"") && line.contains("\"id\":2"));
        assertThat(Wire.numbers(client.awaitEvents(3_000))).containsExactlyElementsOf(Wire.range(0, 3_000));
    }

    @Test
    void itKeepsItsTimeIfTheRightsChangeToo() {
        SessionProbe client = SessionProbe.full(node).subscribe("machines", PAST);
        client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"machines\"}");
        client.say("{\"op\":\"ping\",\"id\":3}").await("\"op\":\"pong\""); // the line before it has been handled
        granted.set(Grant.rows(RowFilter.keyPrefix("m")));
        node.recheckAll();
        Await.until("the rule is asked for the third time", SOON, () -> asked.get() == 3);
        source.hears.set(true);
        assertThat(Wire.numbers(client.awaitEvents(3_000))).containsExactlyElementsOf(Wire.range(0, 3_000));
    }

    @Test
    void aChannelThatIsStoppedMeanwhileSaysSo() {
        SessionProbe client = SessionProbe.full(node).subscribe("machines", PAST);
        Await.until("it waits", SOON, () -> telemetry.sum(Meter.REPLAY_WAITING) == 1);
        machines.stop();
        assertThat(client.await("\"op\":\"unsubscribed\"")).contains("\"ch\":\"machines\"");
    }

    private Bridge bridge(String channel, EventSource from) {
        return Bridge.from(from)
                .channel(channel)
                .services(services)
                .retain(Retention.of(Duration.ofMinutes(10), Retention.LEAST_BYTES))
                .access(new Access() {
                    @Override
                    public Grant grant(Caller caller, String name) {
                        asked.incrementAndGet();
                        return granted.get();
                    }

                    @Override
                    public boolean immediate() {
                        return true;
                    }
                })
                .to(node);
    }

    /** A stream in memory that answers no question about its past until the test lets it. */
    private static final class DeafSource implements EventSource {
        private final InMemorySource records = InMemorySource.named("machine-log", 1, 10_000, Runnable::run);
        private final AtomicBoolean hears = new AtomicBoolean();

        @Override
        public String name() {
            return records.name();
        }

        @Override
        public SourceReader open(ReadRequest request, RecordHandler handler) {
            return records.open(request, handler);
        }

        @Override
        public DeadLetters deadLetters() {
            return records.deadLetters();
        }

        @Override
        public HistoryReader history(HostServices services) {
            HistoryReader past = records.history(services);
            return new HistoryReader() {
                @Override
                public PositionVector read(
                        PositionVector from, PositionVector until, Duration longest, HistoryHandler handler)
                        throws HistoryException, InterruptedException {
                    return past.read(from, until, longest, handler);
                }

                @Override
                public PositionVector firstSince(long timestamp, PositionVector otherwise)
                        throws HistoryException, InterruptedException {
                    if (!hears.get()) {
                        throw new HistoryException(
                                HistoryException.Reason.UNAVAILABLE, "deaf", new IllegalStateException());
                    }
                    return past.firstSince(timestamp, otherwise);
                }

                @Override
                public void close() {
                    past.close();
                }
            };
        }
    }
}
