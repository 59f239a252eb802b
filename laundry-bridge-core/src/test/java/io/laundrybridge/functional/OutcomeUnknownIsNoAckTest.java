package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeState;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.host.AuditEvent;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.publish.OutgoingRecord;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.AuditTape;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.RecordShelf;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page learns that a value is stored only if it is, and that it is not only if it will never be. */
class OutcomeUnknownIsNoAckTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RecordShelf shelf = new RecordShelf();
    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final CountDownLatch mapping = new CountDownLatch(1);
    private final LaundryBridge bridge = LaundryBridge.builder()
            .settings(Map.of(
                    "laundry-bridge.path", "/laundry",
                    "laundry-bridge.limits.publish-deadline", "300ms"))
            .services(HostServices.standard().withTelemetry(telemetry))
            .publish(
                    "commands",
                    inbound -> inbound.sink(shelf).access(Access.anonymous()).map(publish -> {
                        if ("slow".equals(publish.key())) {
                            hang();
                        }
                        return new OutgoingRecord(null, publish.value(), List.of());
                    }))
            .build();

    OutcomeUnknownIsNoAckTest() {
        bridge.start();
    }

    @AfterEach
    void stop() {
        mapping.countDown();
        bridge.close();
    }

    private void hang() {
        try {
            mapping.await();
        } catch (InterruptedException e) {
            // as a mapping that does not care
        }
    }

    private static String publish(int id, String mid, String key) {
        return "{\"op\":\"publish\",\"id\":" + id + ",\"mid\":\"" + mid + "\",\"ch\":\"commands\",\"k\":\"" + key
                + "\",\"v\":1}";
    }

    @Test
    void aSinkThatDoesNotAnswerInTimeGivesNoAckAndALateAnswerIsRemembered() {
        shelf.hold();
        SessionProbe session = SessionProbe.full(bridge.sink()).say(publish(1, "a", "k"));
        assertThat(session.await("\"id\":1,")).contains("outcome_unknown").contains("\"retry\":true");
        assertThat(session.say(publish(2, "a", "k")).await("\"id\":2,")).contains("outcome_unknown");
        shelf.release();

        assertThat(session.say(publish(3, "a", "k")).await("\"id\":3,")).contains("\"at\":\"0@0.7\"");
        assertThat(shelf.records()).hasSize(1);
        assertThat(session.lines())
                .filteredOn(line -> line.contains("\"op\":\"ack\""))
                .hasSize(1);
    }

    @Test
    void aMappingThatHangsIsGivenUpAndItsRecordIsNeverSent() {
        SessionProbe session =
                SessionProbe.full(bridge.sink()).say(publish(1, "a", "slow")).say(publish(2, "b", "k"));
        assertThat(session.await("\"id\":1,")).contains("\"busy\"").contains("stored nothing");
        session.await("\"id\":2,");
        mapping.countDown();
        assertThat(session.say(publish(3, "c", "k")).await("\"id\":3,")).contains("\"ack\"");
        assertThat(shelf.messageIds()).doesNotContain("a");
        assertThat(session.say(publish(4, "a", "slow")).await("\"id\":4,")).contains("\"ack\"");
    }

    @Test
    void theEndOfASessionDoesNotEndItsPublishes() {
        shelf.hold();
        SessionProbe session = SessionProbe.full(bridge.sink()).say(publish(1, "a", "k"));
        Await.until("sent", SOON, () -> shelf.records().size() == 1);
        session.cut();
        shelf.release();
        Await.until("counted", SOON, () -> telemetry.sum(Meter.PUBLISHES) == 1);
        assertThat(SessionProbe.full(bridge.sink()).say(publish(2, "a", "k")).await("\"id\":2,"))
                .contains("\"ack\"");
        assertThat(shelf.records()).hasSize(1);
    }

    @Test
    void aStopAnswersWhatIsUnderWayBeforeItSaysGoodbye() {
        shelf.hold();
        SessionProbe session = SessionProbe.full(bridge.sink()).say(publish(1, "a", "k"));
        Await.until("sent", SOON, () -> shelf.records().size() == 1);
        bridge.close();
        assertThat(session.await("\"id\":1,")).contains("outcome_unknown");
        session.await("\"op\":\"bye\"");
        assertThat(shelf.closes()).isOne();
        assertThat(telemetry.sum(Meter.PUBLISHES_PENDING)).isZero();
    }

    @Test
    void aBridgeThatStopsAloneTakesNoMore() {
        RecordShelf own = new RecordShelf();
        try (WebSocketSink sink = WebSocketSink.at("/own")) {
            var commands = Bridge.from(sink.inbound("commands"))
                    .access(Access.anonymous())
                    .to(own);
            var notes = Bridge.from(sink.inbound("notes"))
                    .access(Access.anonymous())
                    .to(own);
            commands.start();
            notes.start();
            SessionProbe session = SessionProbe.full(sink).say(publish(1, "a", "k"));
            session.await("\"ack\"");
            own.hold();
            session.say(publish(2, "b", "k"));
            Await.until("sent", SOON, () -> own.records().size() == 2);
            commands.stop();
            assertThat(session.await("\"id\":2,")).contains("outcome_unknown");
            assertThat(session.say(publish(3, "c", "k")).await("\"id\":3,")).contains("source_unavailable");
            assertThat(commands.state()).isEqualTo(BridgeState.STOPPED);
            notes.stop();
        }
    }

    @Test
    void aSinkInTroubleMakesTheBridgeStale() {
        assertThat(bridge.bridge("commands").state()).isEqualTo(BridgeState.LIVE);
        shelf.trouble("Kafka has too few replicas");
        Await.until("stale", SOON, () -> bridge.bridge("commands").state() == BridgeState.STALE);
        assertThat(bridge.health().channels().get(0).reason())
                .isEqualTo("publishes are not stored: Kafka has too few replicas");
        shelf.trouble("");
        Await.until("live", SOON, () -> bridge.bridge("commands").state() == BridgeState.LIVE);
    }

    /** A page that only acts is used, and not taken for one that has forgotten to subscribe. */
    @Test
    void aSessionThatOnlyPublishesIsNotClosed() {
        try (LaundryBridge strict = LaundryBridge.builder()
                .settings(Map.of(
                        "laundry-bridge.path", "/laundry",
                        "laundry-bridge.limits.first-subscribe", "1s"))
                .publish("commands", inbound -> inbound.sink(shelf).access(Access.anonymous()))
                .build()) {
            strict.start();
            SessionProbe idle = SessionProbe.full(strict.sink());
            SessionProbe acting = SessionProbe.full(strict.sink()).say(publish(1, "a", "k"));
            acting.await("\"ack\"");
            assertThat(idle.awaitClose()).isEqualTo(1008);
            acting.say(publish(2, "b", "k")).await("\"ack\",\"id\":2");
            assertThat(acting.closeCode()).isZero();
        }
    }

    @Test
    void theAuditKnowsWhoPublishedAndWhatWasRefusedButNoValue() {
        AuditTape tape = new AuditTape();
        RecordShelf own = new RecordShelf();
        try (LaundryBridge audited = LaundryBridge.builder()
                .settings(Map.of("laundry-bridge.path", "/laundry"))
                .audit(tape)
                .publish("commands", inbound -> inbound.sink(own).access(Access.anonymous()))
                .build()) {
            audited.start();
            SessionProbe session = SessionProbe.full(audited.sink());
            session.say(
                            "{\"op\":\"publish\",\"id\":1,\"mid\":\"a\",\"ch\":\"commands\",\"k\":\"key\",\"v\":\"secret\"}")
                    .await("\"ack\"");
            session.say("{\"op\":\"publish\",\"id\":2,\"mid\":\"b\",\"ch\":\"other\",\"k\":\"key\",\"v\":\"secret\"}")
                    .await("forbidden");
            Await.until("told", SOON, () -> published(tape).size() == 2);
            assertThat(published(tape).toString())
                    .contains("mid a at 0@0.7", "forbidden")
                    .doesNotContain("secret", "key");
        }
    }

    private static List<AuditEvent> published(AuditTape tape) {
        return tape.events().stream()
                .filter(event -> event.kind() == AuditEvent.Kind.PUBLISH)
                .toList();
    }
}
