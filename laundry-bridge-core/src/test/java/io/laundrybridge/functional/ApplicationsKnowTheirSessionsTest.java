package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.SessionInfo;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An application sees its sessions, and ends those of a user. */
class ApplicationsKnowTheirSessionsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    @Test
    void whoIsConnectedAndWhatTheyRead() {
        HostServices services = HostServices.standard().withClock(() -> NOON, System::nanoTime);
        try (Laundry laundry = Laundry.open(channel -> channel.services(services), sink -> sink.services(services))) {
            SessionProbe anna = open(laundry, "anna", List.of("laundry-bridge.v1"));
            String id = anna.await("welcome").replaceAll(".*\"session\":\"([^\"]+)\".*", "$1");
            assertThat(laundry.sink().sessions())
                    .containsExactly(
                            new SessionInfo(id, "anna", "203.0.113.9", "https://shop.example", NOON, List.of()));
            anna.subscribe("machines", "").await("\"op\":\"live\"");
            open(laundry, "bert", List.of());
            Await.until(
                    "both read",
                    SOON,
                    () -> laundry.sink().sessions().stream()
                            .allMatch(each -> each.channels()
                                    .equals(List.of(new SessionInfo.Reading("machines", 0, Duration.ZERO)))));
            assertThat(laundry.sink().sessions())
                    .extracting(SessionInfo::user)
                    .containsExactlyInAnyOrder("anna", "bert");
            anna.cut();
            Await.until("one is left", SOON, () -> laundry.sink().sessions().size() == 1);
        }
    }

    @Test
    void howFarASlowSessionIsBehind() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe slow = open(laundry, "anna", List.of("laundry-bridge.v1"));
            slow.subscribe("machines", "").await("\"op\":\"live\"");
            slow.stopReading();
            AtomicInteger published = new AtomicInteger();
            Await.until("events wait behind the send in flight", SOON, () -> {
                int next = published.getAndIncrement();
                laundry.publish(next, next + 1);
                return laundry.sink().sessions().get(0).channels().get(0).events() >= 8;
            });
            slow.readAgain();
            slow.awaitEvents(published.get());
            Await.until(
                    "none waits",
                    SOON,
                    () -> laundry.sink().sessions().get(0).channels().get(0).events() == 0);
        }
    }

    @Test
    void allSessionsOfAUserAreEndedForGoodAndNoOthers() {
        try (Laundry laundry = Laundry.open()) {
            List<SessionProbe> annas =
                    List.of(open(laundry, "anna", List.of("laundry-bridge.v1")), open(laundry, "anna", List.of()));
            SessionProbe bert = open(laundry, "bert", List.of("laundry-bridge.v1"));
            SessionProbe anonymous = SessionProbe.full(laundry.sink());
            assertThat(laundry.sink().disconnect("anna")).isEqualTo(2);
            annas.forEach(anna -> assertThat(anna.awaitClose()).isEqualTo(4403));
            assertThat(annas.get(0).await("bye")).contains("4403");
            assertThat(laundry.sink().disconnect("")).isZero();
            bert.say("{\"op\":\"ping\",\"id\":1}").await("pong");
            anonymous.say("{\"op\":\"ping\",\"id\":1}").await("pong");
        }
    }

    private static SessionProbe open(Laundry laundry, String user, List<String> subprotocols) {
        return SessionProbe.open(
                laundry.sink(),
                new Handshake(subprotocols, Map.of(), Caller.named(user), "203.0.113.9", "https://shop.example"),
                true);
    }
}
