package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BadInputHarmsNoOtherClientTest {
    private final Laundry laundry = Laundry.open(channel -> channel, sink -> sink.heartbeat(Duration.ofMillis(200)));
    private SessionProbe other = SessionProbe.full(laundry.sink());

    @BeforeEach
    void anotherClientListens() {
        other.subscribe("machines", "").await("\"op\":\"live\"");
    }

    @AfterEach
    void theOtherClientHasNoticedNothing() {
        laundry.publish(0, 5);
        assertThat(Wire.numbers(other.awaitEvents(5))).containsExactly(0, 1, 2, 3, 4);
        assertThat(other.closeCode()).isZero();
        laundry.close();
    }

    @Test
    void badJsonCloses4400() {
        closes(4400, client -> client.say("{\"op\":"));
    }

    @Test
    void aBinaryFrameCloses1003() {
        closes(1003, client -> client.inbound().binary());
    }

    @Test
    void anOversizeMessageCloses1009() {
        closes(1009, client -> client.inbound().text("x".repeat(64 * 1024 + 1), false));
    }

    @Test
    void endlessFragmentsClose1009() {
        closes(1009, client -> {
            for (int i = 0; i < 65; i++) {
                client.inbound().text("", false);
            }
        });
    }

    @Test
    void tenThousandSubscribesClose4429() {
        closes(4429, client -> {
            for (int i = 0; i < 10_000; i++) {
                client.subscribe("machines", "");
            }
        });
    }

    @Test
    void anUnknownSubprotocolCloses4426() {
        SessionProbe client =
                SessionProbe.open(laundry.sink(), List.of("graphql-ws"), Map.of(), Caller.ANONYMOUS, true);
        assertThat(client.awaitClose()).isEqualTo(4426);
    }

    @Test
    void anUnknownOpAndAForgedPositionAreErrorsAndTheSessionLivesOn() {
        SessionProbe client = SessionProbe.full(laundry.sink());
        client.say("{\"op\":\"dance\",\"id\":5}");
        assertThat(client.await("\"id\":5")).contains("\"code\":\"unknown_op\"").contains("\"retry\":false");
        client.say("{\"op\":\"subscribe\",\"id\":6,\"ch\":\"machines\",\"from\":\"at:forged\"}");
        assertThat(client.await("\"id\":6")).contains("\"code\":\"bad_position\"");
        client.say("{\"op\":\"ping\",\"id\":7}");
        client.await("{\"op\":\"pong\",\"id\":7}");
    }

    @Test
    void anUnknownChannelAndAForbiddenOneSoundTheSame() {
        try (Laundry closed = Laundry.open(channel -> channel.access(Access.authenticated()), sink -> sink)) {
            SessionProbe client = SessionProbe.full(closed.sink());
            client.say("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\"}");
            client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"nowhere\"}");
            String forbidden = client.await("\"id\":1");
            String unknown = client.await("\"id\":2");
            assertThat(forbidden)
                    .contains("\"code\":\"forbidden\"")
                    .contains("laundry-bridge.channels.machines.access=anonymous");
            assertThat(unknown.replace("nowhere", "machines").replace("\"id\":2", "\"id\":1"))
                    .isEqualTo(forbidden);
        }
    }

    @Test
    void tooManySubscriptionsAndKeysAreErrors() {
        try (Laundry small = Laundry.open(channel -> channel, sink -> sink.limits(Limits.with("limits.keys", "2")))) {
            SessionProbe client = SessionProbe.full(small.sink());
            client.subscribe("machines", ",\"keys\":[\"a\",\"b\",\"c\"]");
            assertThat(client.await("\"op\":\"error\""))
                    .contains("limit_exceeded")
                    .contains("at most 2 keys");
        }
    }

    @Test
    void aFullServerCloses1013() {
        try (Laundry small =
                Laundry.open(channel -> channel, sink -> sink.limits(Limits.with("limits.sessions", "1")))) {
            SessionProbe first = SessionProbe.full(small.sink());
            first.await("welcome");
            assertThat(SessionProbe.full(small.sink()).awaitClose()).isEqualTo(1013);
            first.cut();
        }
    }

    @Test
    void aSessionThatNeverSubscribesIsClosed() {
        try (Laundry strict = Laundry.open(
                channel -> channel,
                sink -> sink.heartbeat(Duration.ofMillis(50)).limits(Limits.with("limits.first-subscribe", "150ms")))) {
            assertThat(SessionProbe.full(strict.sink()).awaitClose()).isEqualTo(1008);
        }
    }

    private void closes(int code, Consumer<SessionProbe> input) {
        SessionProbe client = SessionProbe.full(laundry.sink());
        client.await("welcome");
        input.accept(client);
        assertThat(client.awaitClose()).as(client.closeReason()).isEqualTo(code);
        assertThat(client.closeReason()).isNotBlank();
        assertThat(client.closeReason().length()).isLessThanOrEqualTo(123);
        assertThat(client.await("\"op\":\"bye\"")).contains("\"code\":" + code);
    }
}
