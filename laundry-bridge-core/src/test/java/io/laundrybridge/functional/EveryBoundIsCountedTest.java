package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.limits.ValueLimits;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every bound that is met is visible in its meter, and every gauge returns to zero. */
class EveryBoundIsCountedTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private final CountingTelemetry telemetry = new CountingTelemetry();

    @AfterEach
    void everyValueHasTheLabelOfItsMeter() {
        assertThat(telemetry.wronglyLabelled()).isEmpty();
    }

    @Test
    void sessionsAndSubscriptionsComeBackToNothing() {
        Laundry laundry = laundry(SessionLimits.DEFAULT, Duration.ofSeconds(25));
        SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
        client.await("\"op\":\"live\"");
        assertThat(telemetry.sum(Meter.SESSIONS)).isEqualTo(1);
        assertThat(telemetry.sum(Meter.SUBSCRIPTIONS)).isEqualTo(1);
        laundry.publish(0, 10);
        client.awaitEvents(10);
        assertThat(telemetry.sum(Meter.RECORDS)).isEqualTo(10);
        assertThat(telemetry.sum(Meter.FRAMES)).isPositive();
        assertThat(telemetry.sum(Meter.FRAME_BYTES)).isPositive();
        client.cut();
        Await.until("no session", SOON, () -> telemetry.sum(Meter.SESSIONS) == 0);
        assertThat(telemetry.sum(Meter.SUBSCRIPTIONS)).isZero();
        assertThat(telemetry.sums(Meter.CLOSES)).isEqualTo(Map.of("client", 1L));
        assertThat(telemetry.sum(Meter.LOG_BYTES)).isPositive();
        laundry.close();
        assertThat(telemetry.sum(Meter.LOG_BYTES)).isZero();
        assertThat(telemetry.sum(Meter.SOURCE_STALE)).isZero();
    }

    /** Prometheus sees no increase of a counter that was not there before. */
    @Test
    void everyCounterIsThereBeforeItCounts() {
        try (Laundry laundry = laundry(SessionLimits.DEFAULT, Duration.ofSeconds(25))) {
            assertThat(laundry.sink().path()).isNotEmpty();
            assertThat(telemetry.labels(Meter.UNDECODABLE)).containsExactly("machines");
            assertThat(telemetry.labels(Meter.FELL_BEHIND)).containsExactly("machines");
            assertThat(telemetry.labels(Meter.CLOSES)).contains("server_error", "client");
            assertThat(telemetry.labels(Meter.REFUSALS)).contains("origin", "full");
            assertThat(telemetry.labels(Meter.ERRORS)).contains("internal", "forbidden");
        }
    }

    @Test
    void refusedSessions() {
        try (Laundry laundry = laundry(Limits.with("limits.sessions", "1"), Duration.ofSeconds(25))) {
            SessionProbe.full(laundry.sink()).await("welcome");
            assertThat(SessionProbe.full(laundry.sink()).awaitClose()).isEqualTo(1013);
            assertThat(telemetry.sum(Meter.SESSIONS_REFUSED)).isEqualTo(1);
            assertThat(telemetry.sums(Meter.REFUSALS)).isEqualTo(Map.of("full", 1L));
        }
    }

    @Test
    void tooManySubscriptions() {
        try (Laundry laundry = laundry(Limits.with("limits.subscriptions", "1"), Duration.ofSeconds(25));
                Laundry second = Laundry.join(laundry, "dryers")) {
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            client.await("\"op\":\"live\"");
            client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"dryers\"}");
            assertThat(client.await("\"id\":2")).contains("limit_exceeded").contains("at most 1 subscriptions");
            assertThat(telemetry.sum(Meter.ERRORS)).isEqualTo(1);
            assertThat(telemetry.sums(Meter.ERRORS)).isEqualTo(Map.of("limit_exceeded", 1L));
            assertThat(second.bridge().name()).isEqualTo("dryers");
        }
    }

    @Test
    void limitedClients() {
        try (Laundry laundry = laundry(Limits.with("limits.inbound-time", "100ms"), Duration.ofSeconds(25))) {
            SessionProbe slow = SessionProbe.full(laundry.sink());
            slow.await("welcome");
            Await.until("the drip to be cut", SOON, () -> {
                slow.inbound().text(" ", false);
                return slow.closeCode() != 0;
            });
            assertThat(slow.closeCode()).isEqualTo(1008);
            assertThat(telemetry.sum(Meter.LIMITED)).isEqualTo(1);
        }
    }

    @Test
    void sendsThatTimeOut() {
        try (Laundry laundry = laundry(Limits.with("limits.send-deadline", "200ms"), Duration.ofMillis(100))) {
            SessionProbe stuck = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            stuck.await("\"op\":\"live\"");
            stuck.stopReading();
            laundry.publish(0, 1);
            Await.until("the abort", SOON, () -> telemetry.sum(Meter.SEND_TIMEOUTS) == 1);
            Await.until("its end", SOON, () -> telemetry.sums(Meter.CLOSES).equals(Map.of("send_timeout", 1L)));
        }
    }

    @Test
    void beatsThatAreLost() {
        try (Laundry laundry = laundry(Limits.with("limits.beat-timeout", "100ms"), Duration.ofMillis(50))) {
            SessionProbe mute =
                    SessionProbe.open(laundry.sink(), List.of("laundry-bridge.v1"), Map.of(), Caller.ANONYMOUS, false);
            assertThat(mute.awaitClose()).isEqualTo(4309);
            assertThat(telemetry.sum(Meter.BEATS_LOST)).isEqualTo(1);
            mute.cut();
            Await.until("its end", SOON, () -> telemetry.sums(Meter.CLOSES).equals(Map.of("beats_lost", 1L)));
        }
    }

    @Test
    void evictedEventsAndSessionsThatFellBehind() {
        try (Laundry laundry = laundry(SessionLimits.DEFAULT, Duration.ofSeconds(25))) {
            SessionProbe slow = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            slow.await("\"op\":\"live\"");
            slow.stopReading();
            laundry.publish(0, 5_000);
            slow.readAgain();
            slow.await("\"reason\":\"overflow\"");
            assertThat(telemetry.sum(Meter.FELL_BEHIND)).isPositive();
            assertThat(telemetry.sum(Meter.LOG_EVICTED)).isPositive();
            assertThat(telemetry.sum(Meter.LOG_BYTES)).isBetween(1L, 80L << 10);
        }
    }

    @Test
    void recordsThatAreUndecodableOrTooLarge() {
        try (Laundry laundry = laundry(SessionLimits.DEFAULT, Duration.ofSeconds(25))) {
            laundry.source().publish("k", "}{");
            laundry.source().publish("k".repeat(2_000), "1");
            laundry.source().publish("k", "\"" + "x".repeat(ValueLimits.DEFAULT.valueBytes()) + "\"");
            laundry.publish(3, 1);
            assertThat(telemetry.sum(Meter.UNDECODABLE)).isEqualTo(1);
            assertThat(telemetry.sum(Meter.TOO_LARGE)).isEqualTo(2);
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"earliest\"");
            client.await("\"op\":\"live\"");
            assertThat(client.lines().stream().filter(line -> line.contains("\"reason\":\"too_large\"")))
                    .hasSize(2);
        }
    }

    @Test
    void framesKeepToTheirSize() {
        try (Laundry laundry = laundry(Limits.with("limits.batch-bytes", "4KiB"), Duration.ofSeconds(25))) {
            laundry.publish(0, 100);
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"last:100\"");
            client.awaitEvents(100);
            assertThat(client.frames())
                    .allSatisfy(frame -> assertThat(frame.length()).isLessThanOrEqualTo(4 << 10));
        }
    }

    private Laundry laundry(SessionLimits limits, Duration heartbeat) {
        HostServices services = HostServices.standard().withTelemetry(telemetry);
        return Laundry.open(
                channel -> channel.services(services)
                        .retain(Retention.of(Duration.ofMinutes(10), 64 << 10))
                        .fallBehind(FallBehind.SKIP),
                sink -> sink.services(services).limits(limits).heartbeat(heartbeat));
    }
}
