package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that a client sends unrequested is limited; answers that the server waits for are free. */
class EverythingAClientSendsCountsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ONCE = "1h";

    /** One unit of what a hostile client may send without end. */
    enum Sort {
        REQUESTS,
        UNKNOWN_REQUESTS,
        BEATS_NOBODY_SENT,
        BEATS_OF_THE_FUTURE,
        BEATS_IN_ONE_MESSAGE,
        PONGS,
        EMPTY_MESSAGES,
        BLANK_LINES,
        SPACES,
        FRAGMENTS;

        void send(Inbound socket) {
            switch (this) {
                case REQUESTS -> socket.text("{\"op\":\"ping\",\"id\":1}", true);
                case UNKNOWN_REQUESTS -> socket.text("{\"op\":\"dance\",\"id\":1}", true);
                case BEATS_NOBODY_SENT -> socket.text("{\"op\":\"beat\",\"n\":0}", true);
                case BEATS_OF_THE_FUTURE -> socket.text("{\"op\":\"beat\",\"n\":999}", true);
                case BEATS_IN_ONE_MESSAGE -> socket.text("{\"op\":\"beat\",\"n\":0}\n".repeat(800), true);
                case PONGS -> socket.pong();
                case EMPTY_MESSAGES -> socket.text("", true);
                case BLANK_LINES -> socket.text("\n".repeat(16_000), true);
                case SPACES -> socket.text(" ".repeat(16_000), true);
                case FRAGMENTS -> {
                    for (int part = 1; part < 64; part++) {
                        socket.text("", false);
                    }
                    socket.text("{\"op\":\"ping\",\"id\":1}", true);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void unrequestedLinesEndWith4429(Sort sort) {
        try (Laundry laundry =
                laundry(Limits.with("limits.request-window", ONCE, "limits.inbound-backlog", "1000000"))) {
            SessionProbe other = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            SessionProbe hostile = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            hostile.await("\"op\":\"live\"");
            other.await("\"op\":\"live\"");
            for (int i = 0; i < 20_000 && hostile.closeCode() == 0; i++) {
                sort.send(hostile.inbound());
            }
            assertThat(hostile.awaitClose()).isEqualTo(4429);
            assertThat(hostile.lines()).hasSizeLessThan(300);
            laundry.publish(0, 5);
            assertThat(Wire.numbers(other.awaitEvents(5))).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void charactersCostToo() {
        try (Laundry laundry = laundry(Limits.with("limits.request-window", ONCE, "limits.window-bytes", "40KiB"))) {
            SessionProbe hostile = SessionProbe.full(laundry.sink());
            hostile.await("welcome");
            String ping = "{\"op\":\"ping\",\"id\":1" + " ".repeat(16_000) + "}";
            hostile.say(ping).say(ping).await("pong");
            assertThat(hostile.closeCode()).isZero();
            hostile.say(ping);
            assertThat(hostile.awaitClose()).isEqualTo(4429);
        }
    }

    @Test
    void answersToBeatsAndPingsCostNothing() {
        SessionLimits few = Limits.with("limits.requests", "2", "limits.request-window", ONCE);
        try (Laundry laundry =
                Laundry.open(channel -> channel, sink -> sink.limits(few).heartbeat(Duration.ofMillis(20)))) {
            SessionProbe full = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            full.await("\"n\":10}");
            SessionProbe plain = SessionProbe.plain(laundry.sink(), Map.of());
            for (int ping = 1; ping <= 5; ping++) {
                int wanted = ping;
                Await.until("a ping", SOON, () -> plain.pings() == wanted);
                plain.inbound().pong();
            }
            assertThat(full.closeCode()).isZero();
            assertThat(plain.closeCode()).isZero();
        }
    }

    @Test
    void aMessageThatStopsHalfWayIsNotWaitedFor() {
        try (Laundry laundry = laundry(Limits.with("limits.inbound-time", "100ms", "limits.send-deadline", "400ms"))) {
            SessionProbe slow = SessionProbe.full(laundry.sink());
            slow.await("welcome");
            slow.inbound().text("{\"op\":", false);
            assertThat(slow.awaitClose()).isEqualTo(1008);
            assertThat(slow.closeReason()).contains("to arrive");
        }
    }

    @Test
    void aClientThatSendsButAnswersNoBeatIsLost() {
        SessionLimits limits = Limits.with("limits.beat-timeout", "200ms", "limits.requests", "100000");
        try (Laundry laundry =
                Laundry.open(channel -> channel, sink -> sink.limits(limits).heartbeat(Duration.ofMillis(50)))) {
            SessionProbe chatty =
                    SessionProbe.open(laundry.sink(), List.of("laundry-bridge.v1"), Map.of(), Caller.ANONYMOUS, false);
            chatty.subscribe("machines", "");
            Await.until("it to be closed", SOON, () -> {
                chatty.say("{\"op\":\"ping\",\"id\":1}");
                return chatty.closeCode() != 0;
            });
            assertThat(chatty.closeCode()).isEqualTo(4309);
        }
    }

    @Test
    void aClientThatSendsLongAfterItsCloseIsDropped() {
        try (Laundry laundry = laundry(Limits.with("limits.request-window", ONCE))) {
            SessionProbe deaf = SessionProbe.full(laundry.sink());
            deaf.await("welcome");
            deaf.stopReading();
            Await.until("the socket to be dropped", SOON, () -> {
                for (int i = 0; i < 300; i++) {
                    deaf.inbound().pong();
                }
                return deaf.aborted();
            });
        }
    }

    @Test
    void aSocketIsDroppedAfterItsCloseWhateverTheContainerSaysOfIt() {
        try (Laundry laundry = laundry(Limits.with("limits.close-grace", "100ms"))) {
            SessionProbe client = SessionProbe.full(laundry.sink()).say("no json");
            assertThat(client.awaitClose()).isEqualTo(4400);
            Await.until("the socket to be dropped", SOON, client::aborted);
        }
    }

    private static Laundry laundry(SessionLimits limits) {
        return Laundry.open(channel -> channel, sink -> sink.limits(limits));
    }
}
