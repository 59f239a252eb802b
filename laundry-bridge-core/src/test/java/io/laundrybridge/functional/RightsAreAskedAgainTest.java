package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.session.WebSocketSinkBuilder;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A right that is taken away ends the reading, by whichever way the endpoint learns of it. */
class RightsAreAskedAgainTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Set<String> readers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();

    private final Access rule = (caller, channel) -> {
        asked.incrementAndGet();
        return readers.contains(caller.name()) ? Grant.everything() : Grant.nothing();
    };

    @Test
    void forOneUser() {
        try (Laundry laundry = laundry(sink -> sink)) {
            SessionProbe anna = reading(laundry, "anna");
            SessionProbe bert = reading(laundry, "bert");
            readers.clear();
            laundry.sink().recheck("anna");
            assertThat(anna.await("unsubscribed")).contains("forbidden");
            laundry.publish(0, 1);
            bert.awaitEvents(1);
            assertThat(anna.events()).isEmpty();
        }
    }

    @Test
    void forAll() {
        try (Laundry laundry = laundry(sink -> sink)) {
            List<SessionProbe> all = List.of(reading(laundry, "anna"), reading(laundry, "bert"));
            readers.remove("anna");
            laundry.sink().recheckAll();
            assertThat(all.get(0).await("unsubscribed")).contains("forbidden");
            laundry.publish(0, 1);
            all.get(1).awaitEvents(1);
        }
    }

    @Test
    void atIntervals() {
        try (Laundry laundry = laundry(sink -> sink.accessRecheck(Duration.ofMinutes(10)))) {
            SessionProbe anna = reading(laundry, "anna");
            SessionProbe plain = SessionProbe.open(
                    laundry.sink(),
                    new Handshake(List.of(), Map.of("from", List.of("last:1")), Caller.named("anna")),
                    true);
            laundry.publish(0, 1);
            plain.await("{\"n\":0}");
            readers.clear();
            nanos.addAndGet(Duration.ofMinutes(10).toNanos());
            assertThat(anna.await("unsubscribed")).contains("forbidden");
            assertThat(plain.awaitClose()).isEqualTo(4403);
        }
    }

    @Test
    void sessionsAskAtTimesOfTheirOwn() {
        try (Laundry laundry = laundry(sink -> sink.accessRecheck(Duration.ofMinutes(10)))) {
            for (int i = 0; i < 40; i++) {
                reading(laundry, "anna");
            }
            int before = asked.get();
            nanos.addAndGet(Duration.ofMinutes(5).toNanos());
            Await.until("half of them ask", SOON, () -> asked.get() - before >= 5);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(asked.get() - before).isBetween(5, 35);
        }
    }

    @Test
    void whenAStreamReportsTheUser() {
        InMemorySource changes = InMemorySource.named("grants");
        try (Laundry laundry = laundry(sink -> sink.grantChanges(changes))) {
            SessionProbe anna = reading(laundry, "anna");
            SessionProbe bert = reading(laundry, "bert");
            readers.clear();
            changes.publish("somebody", "1");
            changes.publish("anna", null);
            assertThat(anna.await("unsubscribed")).contains("forbidden");
            laundry.publish(0, 1);
            bert.awaitEvents(1);
        }
    }

    @Test
    void whenATokenIsRenewed() {
        try (Laundry laundry = laundry(sink -> sink.authenticator(credentials -> CompletableFuture.completedFuture(
                credentials.token() == null ? null : Caller.named(credentials.token()))))) {
            SessionProbe anna = SessionProbe.full(laundry.sink());
            readers.add("anna");
            anna.say("{\"op\":\"auth\",\"id\":7,\"token\":\"anna\"}").subscribe("machines", "");
            anna.await("\"op\":\"live\"");
            readers.clear();
            anna.say("{\"op\":\"auth\",\"id\":8,\"token\":\"anna\"}").await("\"id\":8");
            assertThat(anna.await("unsubscribed")).contains("forbidden");
        }
    }

    private SessionProbe reading(Laundry laundry, String user) {
        readers.add(user);
        SessionProbe client = SessionProbe.open(
                laundry.sink(), new Handshake(List.of("laundry-bridge.v1"), Map.of(), Caller.named(user)), true);
        client.subscribe("machines", "").await("\"op\":\"live\"");
        return client;
    }

    private Laundry laundry(UnaryOperator<WebSocketSinkBuilder> settings) {
        HostServices services =
                HostServices.standard().withClock(InstantSource.system(), () -> System.nanoTime() + nanos.get());
        return Laundry.open(
                channel -> channel.access(rule).services(services), sink -> settings.apply(sink.services(services)));
    }
}
