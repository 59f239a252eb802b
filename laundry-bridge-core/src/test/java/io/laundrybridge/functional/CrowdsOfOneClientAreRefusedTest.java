package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.AdmissionLimits;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One address or user cannot take the places of all clients. */
class CrowdsOfOneClientAreRefusedTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ADDRESS = "203.0.113.9";
    private final CountingTelemetry telemetry = new CountingTelemetry();

    @Test
    void sessionsThatDoNotSubscribeAreSoManyAnAddress() {
        try (Laundry laundry = laundry(new AdmissionLimits(1, 100, 100))) {
            SessionProbe first = full(laundry, Caller.ANONYMOUS);
            first.await("welcome");
            assertThat(full(laundry, Caller.ANONYMOUS).awaitClose()).isEqualTo(1013);
            assertThat(telemetry.sum(Meter.CLIENTS_LIMITED)).isEqualTo(1);
            assertThat(telemetry.sum(Meter.REFUSALS)).isEqualTo(1);
            first.subscribe("nothing", "").await("forbidden");
            assertThat(full(laundry, Caller.ANONYMOUS).awaitClose()).isEqualTo(1013);
            first.subscribe("machines", "").await("\"op\":\"live\"");
            full(laundry, Caller.ANONYMOUS).await("welcome");
        }
    }

    @Test
    void plainSessionsThatAreGrantedTheirChannelDoNotCount() {
        try (Laundry laundry = laundry(new AdmissionLimits(1, 100, 100))) {
            for (int i = 1; i <= 10; i++) {
                SessionProbe.from(ADDRESS, laundry.sink(), List.of(), Map.of(), Caller.ANONYMOUS);
                int open = i;
                Await.until("a subscription", SOON, () -> telemetry.sum(Meter.SUBSCRIPTIONS) == open);
            }
            assertThat(telemetry.sum(Meter.CLIENTS_LIMITED)).isZero();
        }
    }

    @Test
    void sessionsOfAUserAreSoManyUntilOneIsGone() {
        Caller anna = Caller.named("anna");
        try (Laundry laundry = laundry(new AdmissionLimits(100, 1, 100))) {
            SessionProbe first = full(laundry, anna);
            first.subscribe("machines", "").await("\"op\":\"live\"");
            assertThat(full(laundry, anna).awaitClose()).isEqualTo(1013);
            first.cut();
            Await.until("no session", SOON, () -> telemetry.sum(Meter.SESSIONS) == 0);
            full(laundry, anna).await("welcome");
        }
    }

    @Test
    void anAddressThatComesAndGoesIsSlowedDown() {
        try (Laundry laundry = laundry(new AdmissionLimits(100, 100, 1))) {
            for (int i = 0; i < 10; i++) {
                full(laundry, Caller.ANONYMOUS).cut();
            }
            assertThat(full(laundry, Caller.ANONYMOUS).awaitClose()).isEqualTo(1013);
        }
    }

    @Test
    void clientsThatAreRefusedLearnWhenToComeBack() {
        try (Laundry laundry = laundry(new AdmissionLimits(1, 100, 100))) {
            full(laundry, Caller.ANONYMOUS).await("welcome");
            SessionProbe second = full(laundry, Caller.ANONYMOUS);
            assertThat(second.awaitClose()).isEqualTo(1013);
            assertThat(second.lines())
                    .singleElement()
                    .asString()
                    .containsPattern("\"op\":\"bye\",\"code\":1013,\"retryAfter\":1\\d{3}\\D");
            SessionProbe plain = SessionProbe.from(
                    ADDRESS, laundry.sink(), List.of(), Map.of("channel", List.of("machines")), Caller.ANONYMOUS);
            assertThat(plain.awaitClose()).isEqualTo(1013);
            assertThat(plain.lines()).isEmpty();
        }
    }

    private static SessionProbe full(Laundry laundry, Caller caller) {
        return SessionProbe.from(ADDRESS, laundry.sink(), List.of("laundry-bridge.v1"), Map.of(), caller);
    }

    private Laundry laundry(AdmissionLimits limits) {
        HostServices services = HostServices.standard().withTelemetry(telemetry);
        return Laundry.open(
                channel -> channel.services(services),
                sink -> sink.services(services).admissionLimits(limits));
    }
}
