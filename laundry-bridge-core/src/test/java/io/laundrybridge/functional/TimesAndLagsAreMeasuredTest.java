package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The meters show how old events are when they are sent, how long snapshots take, and how far sessions are behind. */
class TimesAndLagsAreMeasuredTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private final CountingTelemetry telemetry = new CountingTelemetry();

    @AfterEach
    void everyValueHasTheLabelOfItsMeter() {
        assertThat(telemetry.wronglyLabelled()).isEmpty();
    }

    @Test
    void onlyEventsThatComeAfterTheStartHaveAnAge() {
        try (Laundry laundry = laundry(false)) {
            laundry.publish(0, 50);
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"earliest\"");
            client.awaitEvents(50);
            client.await("\"op\":\"live\"");
            assertThat(telemetry.times(Meter.EVENT_AGE)).isEmpty();
            laundry.publish(50, 1);
            client.awaitEvents(51);
            assertThat(telemetry.times(Meter.EVENT_AGE))
                    .hasSize(1)
                    .allSatisfy(age -> assertThat(age).isBetween(0L, TimeUnit.SECONDS.toNanos(60)));
        }
    }

    @Test
    void plainAndSelectingSessionsCountToo() {
        try (Laundry laundry = laundry(false)) {
            SessionProbe plain =
                    SessionProbe.plain(laundry.sink(), Map.of("channel", List.of("machines"), "key", List.of("m-*")));
            Await.until("the subscription", SOON, () -> telemetry.sum(Meter.SUBSCRIPTIONS) == 1);
            laundry.publish(0, 1);
            Await.until("the age", SOON, () -> telemetry.times(Meter.EVENT_AGE).size() == 1);
            assertThat(plain.frames()).hasSize(1);
        }
    }

    @Test
    void aBurstToManySessionsIsASample() {
        try (Laundry laundry = laundry(false)) {
            List<SessionProbe> clients = Stream.generate(() -> SessionProbe.full(laundry.sink()))
                    .limit(200)
                    .toList();
            clients.forEach(client -> client.subscribe("machines", "").await("\"op\":\"live\""));
            long began = System.nanoTime();
            for (int n = 0; n < 20; n++) {
                laundry.publish(n, 1);
            }
            clients.forEach(client -> client.awaitEvents(20));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            int workers = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
            assertThat((long) telemetry.times(Meter.EVENT_AGE).size()).isBetween(1L, (millis + 1) * workers);
        }
    }

    @Test
    void aSnapshotHasADuration() {
        try (Laundry laundry = laundry(true)) {
            laundry.publish(0, 50);
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"snapshot\"");
            client.await("\"op\":\"live\"");
            assertThat(telemetry.times(Meter.SNAPSHOT_DURATION)).hasSize(1);
            assertThat(telemetry.times(Meter.ACCESS_DURATION)).hasSize(1);
        }
    }

    @Test
    void theLagIsThatOfTheSlowestSession() {
        try (Laundry laundry = laundry(false)) {
            SessionProbe quick = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            SessionProbe slow = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            quick.await("\"op\":\"live\"");
            slow.await("\"op\":\"live\"");
            LongSupplier lag = telemetry.offers(Meter.LAG).get("machines");
            assertThat(lag.getAsLong()).isZero();
            slow.stopReading();
            laundry.publish(0, 1);
            quick.awaitEvents(1);
            laundry.publish(1, 40);
            quick.awaitEvents(41);
            Await.until("the lag", SOON, () -> lag.getAsLong() >= 40);
            assertThat(lag.getAsLong()).isLessThanOrEqualTo(41);
            slow.readAgain();
            slow.awaitEvents(41);
            Await.until("no lag", SOON, () -> lag.getAsLong() == 0);
        }
        assertThat(telemetry.offers(Meter.LAG)).isEmpty();
    }

    @Test
    void aHiddenPageHasNoLag() {
        try (Laundry laundry = laundry(false)) {
            SessionProbe hidden = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            hidden.await("\"op\":\"live\"");
            hidden.say("{\"op\":\"hidden\",\"hidden\":true}").say("{\"op\":\"ping\",\"id\":9}");
            hidden.await("\"id\":9");
            laundry.publish(0, 40);
            assertThat(telemetry.offers(Meter.LAG).get("machines").getAsLong()).isZero();
        }
    }

    private Laundry laundry(boolean state) {
        HostServices services = HostServices.standard().withTelemetry(telemetry);
        return Laundry.open(
                channel -> state ? channel.services(services).latestByKey() : channel.services(services),
                sink -> sink.services(services));
    }
}
