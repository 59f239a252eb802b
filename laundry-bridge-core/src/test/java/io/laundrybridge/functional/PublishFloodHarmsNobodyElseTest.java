package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.publish.OutgoingRecord;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import io.laundrybridge.testing.RecordShelf;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One who publishes too much, too large or wrongly gets an error for it; everybody else goes on. */
class PublishFloodHarmsNobodyElseTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RecordShelf shelf = new RecordShelf();
    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final CountDownLatch hung = new CountDownLatch(1);
    private final InMemorySource machines = InMemorySource.named("machines");

    private LaundryBridge bridge(String... limits) {
        Map<String, String> settings = new HashMap<>(Map.of("laundry-bridge.path", "/laundry"));
        for (int i = 0; i < limits.length; i += 2) {
            settings.put("laundry-bridge.limits." + limits[i], limits[i + 1]);
        }
        LaundryBridge bridge = LaundryBridge.builder()
                .settings(settings)
                .services(HostServices.standard().withTelemetry(telemetry))
                .source("machines", machines)
                .access("machines", Access.anonymous())
                .publish(
                        "commands",
                        inbound -> inbound.sink(shelf)
                                .access(Access.anonymous())
                                .map(publish -> {
                                    if ("hang".equals(publish.key())) {
                                        hang();
                                    }
                                    return new OutgoingRecord(null, publish.value(), List.of());
                                }))
                .build();
        bridge.start();
        bridge.bridge("machines").awaitLive(SOON);
        return bridge;
    }

    private void hang() {
        try {
            hung.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SessionProbe session(LaundryBridge bridge, String user) {
        return SessionProbe.open(bridge.sink(), List.of(FullDialect.SUBPROTOCOL), Map.of(), Caller.named(user), true);
    }

    private static String publish(int id, String key, String value) {
        return "{\"op\":\"publish\",\"id\":" + id + ",\"mid\":\"m" + id + "\",\"ch\":\"commands\",\"k\":\"" + key
                + "\",\"v\":" + value + "}";
    }

    private static long count(SessionProbe session, String text) {
        return session.lines().stream().filter(line -> line.contains(text)).count();
    }

    @Test
    void aFloodOfOneSessionIsRefusedAndTheSessionLives() {
        try (LaundryBridge bridge = bridge("publish-per-session", "10", "publish-window", "1h")) {
            SessionProbe flood = session(bridge, "ada");
            for (int i = 0; i < 100; i++) {
                flood.say(publish(i, "k", "1"));
            }
            Await.until("answers", SOON, () -> count(flood, "\"ack\"") + count(flood, "\"error\"") == 100);
            assertThat(count(flood, "\"ack\"")).isEqualTo(10);
            assertThat(count(flood, "limit_exceeded")).isEqualTo(90);
            assertThat(shelf.records()).hasSize(10);
            assertThat(telemetry.sums(Meter.PUBLISHES_REFUSED)).containsEntry("limit_exceeded", 90L);
            assertThat(flood.closeCode()).isZero();
            session(bridge, "bob").say(publish(1, "k", "1")).await("\"ack\"");
        }
    }

    @Test
    void theSessionsOfOneUserShareAnAllowance() {
        try (LaundryBridge bridge = bridge("publish-per-user", "5", "publish-window", "1h")) {
            for (int i = 0; i < 5; i++) {
                session(bridge, "ada").say(publish(i, "k", "1")).await("\"ack\"");
            }
            session(bridge, "ada").say(publish(5, "k", "1")).await("limit_exceeded");
            session(bridge, "bob").say(publish(6, "k", "1")).await("\"ack\"");
        }
    }

    /** Events, and publishes of others while a thread is left, do not wait for mappings that hang. */
    @Test
    void mappingsThatHangHoldUpNeitherEventsNorOtherSessions() {
        try (LaundryBridge bridge = bridge("publish-threads", "3", "publish-deadline", "1m")) {
            SessionProbe reader = session(bridge, "eve").subscribe("machines", "");
            reader.await("\"live\"");
            for (int i = 0; i < 2; i++) {
                SessionProbe stuck = session(bridge, "ada");
                for (int id = 0; id < 20; id++) {
                    stuck.say("{\"op\":\"publish\",\"id\":1,\"mid\":\"" + i + "-" + id
                            + "\",\"ch\":\"commands\",\"k\":\"hang\",\"v\":1}");
                }
            }
            Await.until("stuck", SOON, () -> telemetry.sum(Meter.PUBLISHES_PENDING) == 40);
            session(bridge, "bob").say(publish(1, "k", "1")).await("\"ack\"");
            machines.publish("m-1", "{\"n\":1}");
            reader.awaitEvents(1);
            hung.countDown();
        }
    }

    @Test
    void tooManyUnderWayAreRefusedPerSessionAndPerNode() {
        try (LaundryBridge bridge = bridge("publish-session-pending", "3", "publish-pending", "5")) {
            shelf.hold();
            SessionProbe first = session(bridge, "ada");
            for (int i = 0; i < 4; i++) {
                first.say(publish(i, "k", "1"));
            }
            assertThat(first.await("\"error\"")).contains("\"id\":3,", "limit_exceeded");
            SessionProbe second = session(bridge, "bob");
            for (int i = 0; i < 3; i++) {
                second.say(publish(i, "k", "1"));
            }
            assertThat(second.await("\"error\"")).contains("\"id\":2,", "\"busy\"");
            shelf.release();
            Await.until("acks", SOON, () -> count(first, "\"ack\"") + count(second, "\"ack\"") == 5);
            second.say(publish(9, "k", "1")).await("\"ack\",\"id\":9");
            assertThat(telemetry.sum(Meter.PUBLISHES_PENDING)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "k|'01234567890123456789012345678901'|value_too_large|at most 32",
                "k|[[[[[1]]]]]|bad_request|more than 3 deep",
                "k|123456789012|bad_request|more than 10 digits",
                "k|{'a':1,'a':2}|bad_request|each name once",
                "0123456789012345678901234567890123456789|1|value_too_large|the key"
            })
    void aValueBeyondABoundFailsAlone(String key, String value, String code, String sentence) {
        try (LaundryBridge bridge =
                bridge("publish-bytes", "32", "value-depth", "3", "number-digits", "10", "key-bytes", "32")) {
            SessionProbe session = session(bridge, "ada");
            session.say(publish(1, key, value.replace('\'', '"')));
            assertThat(session.await("\"id\":1,")).contains('"' + code + '"', sentence);
            session.say(publish(2, "k", "{\"a\":[1]}")).await("\"ack\"");
            assertThat(shelf.records()).hasSize(1);
        }
    }

    @Test
    void aSessionsPublishesAreStoredInTheirOrder() {
        try (LaundryBridge bridge = bridge()) {
            SessionProbe session = session(bridge, "ada");
            for (int i = 0; i < 60; i++) {
                session.say(publish(i, "k", String.valueOf(i)));
            }
            Await.until("acks", SOON, () -> count(session, "\"ack\"") == 60);
            assertThat(shelf.values())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 60).mapToObj(String::valueOf).toList());
        }
    }
}
