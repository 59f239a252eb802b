package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.Await;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainDialectTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void everyFrameIsOneValueByteForByte() {
        try (Laundry laundry = Laundry.open()) {
            List<String> values = List.of(
                    "{\n  \"é\": [1, 2],\r\n  \"big\": 123456789012345678901234567890.5\n}\n",
                    "\"😀\"",
                    "null",
                    " 1 ",
                    "{\"a\":1,\"a\":2}");
            values.forEach(value -> laundry.source().publish("k", value));
            SessionProbe client = SessionProbe.plain(
                    laundry.sink(), Map.of("from", List.of("last:10"), "channel", List.of("machines")));
            Await.until("all values", SOON, () -> client.frames().size() == values.size());
            assertThat(client.frames()).isEqualTo(values);
        }
    }

    @Test
    void keysSelectAndTheOnlyChannelNeedsNoName() {
        try (Laundry laundry = Laundry.open()) {
            laundry.publish(0, 30);
            SessionProbe client =
                    SessionProbe.plain(laundry.sink(), Map.of("from", List.of("last:3"), "key", List.of("m-2", "m-3")));
            Await.until("three", SOON, () -> client.frames().size() == 3);
            assertThat(client.frames()).containsExactly("{\"n\":13}", "{\"n\":22}", "{\"n\":23}");
        }
    }

    @Test
    void undecodableRecordsAreSkipped() {
        try (Laundry laundry = Laundry.open()) {
            laundry.source().publish("k", "not json");
            laundry.source().publish("k", "2");
            SessionProbe client = SessionProbe.plain(laundry.sink(), Map.of("from", List.of("last:5")));
            Await.until("the second", SOON, () -> !client.frames().isEmpty());
            assertThat(client.frames()).containsExactly("2");
        }
    }

    @Test
    void aResetCloses4410() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe listening = SessionProbe.plain(laundry.sink(), Map.of("from", List.of("last:5")));
            laundry.publish(0, 1);
            Await.until("one", SOON, () -> !listening.frames().isEmpty());
            laundry.source().recreate();
            laundry.publish(1, 1);
            assertThat(listening.awaitClose()).isEqualTo(4410);
            assertThat(SessionProbe.plain(laundry.sink(), Map.of("from", List.of("at:other.1:0@1")))
                            .awaitClose())
                    .isEqualTo(4410);
        }
    }

    @Test
    void aWrongQueryCloses4400AndAnUnknownChannel4403() {
        try (Laundry laundry = Laundry.open()) {
            assertThat(close(laundry, Map.of("from", List.of("soon")))).isEqualTo(4400);
            assertThat(close(laundry, Map.of("form", List.of("live")))).isEqualTo(4400);
            assertThat(close(laundry, Map.of("from", List.of("live", "live")))).isEqualTo(4400);
            assertThat(close(laundry, Map.of("channel", List.of("nowhere")))).isEqualTo(4403);
        }
    }

    @Test
    void aQuietSocketIsPingedAndClosedIfNothingAnswers() {
        try (Laundry laundry = Laundry.open(
                channel -> channel,
                sink -> sink.heartbeat(Duration.ofMillis(50)).limits(Limits.with("limits.beat-timeout", "200ms")))) {
            SessionProbe silent = SessionProbe.plain(laundry.sink(), Map.of());
            assertThat(silent.awaitClose()).isEqualTo(4309);
            assertThat(silent.pings()).isPositive();
        }
    }

    private static int close(Laundry laundry, Map<String, List<String>> query) {
        return SessionProbe.plain(laundry.sink(), query).awaitClose();
    }
}
