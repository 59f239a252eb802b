package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlowSessionsTest {
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);

    @Test
    void aSessionThatFallsOffTheLogGetsAGapOfWhatItMissed() {
        try (Laundry laundry =
                Laundry.open(channel -> channel.retain(SMALL).fallBehind(FallBehind.SKIP), sink -> sink)) {
            SessionProbe slow = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            slow.await("\"op\":\"live\"");
            slow.stopReading();
            laundry.publish(0, 5_000);
            SessionProbe other = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"last:1\"");
            assertThat(Wire.numbers(other.awaitEvents(1))).containsExactly(4_999);
            slow.readAgain();
            Await.until(
                    "the last event",
                    Duration.ofSeconds(10),
                    () -> slow.events().stream().anyMatch(event -> Wire.number(event) == 4_999));
            assertThat(coveredWithoutAHole(slow.lines())).isEqualTo(5_000);
            slow.await("\"reason\":\"overflow\"");
            assertThat(slow.mostInFlight()).isEqualTo(1);
        }
    }

    @Test
    void aSessionThatFallsOffTheLogIsClosedWhereThePolicySaysSo() {
        try (Laundry laundry =
                Laundry.open(channel -> channel.retain(SMALL).fallBehind(FallBehind.DISCONNECT), sink -> sink)) {
            SessionProbe slow = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            slow.await("\"op\":\"live\"");
            slow.stopReading();
            laundry.publish(0, 5_000);
            slow.readAgain();
            assertThat(slow.awaitClose()).isEqualTo(4308);
            assertThat(slow.await("\"op\":\"bye\"")).contains("4308");
        }
    }

    @Test
    void sendingPausesWhileBeatsAreUnanswered() {
        try (Laundry laundry = Laundry.open(
                channel -> channel,
                sink -> sink.limits(Limits.with("limits.beat-bytes", "4KiB", "limits.unanswered-bytes", "16KiB")))) {
            SessionProbe mute =
                    SessionProbe.open(laundry.sink(), List.of("laundry-bridge.v1"), Map.of(), Caller.ANONYMOUS, false);
            mute.subscribe("machines", "");
            mute.await("\"op\":\"live\"");
            laundry.publish(0, 5_000);
            SessionProbe other = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"last:5000\"");
            other.awaitEvents(5_000);
            int sent = mute.events().stream().mapToInt(String::length).sum();
            assertThat(sent).isBetween(15 << 10, (16 + 64) << 10); // without line ends
            for (int n = 1; n <= 1_000 && mute.events().size() < 5_000; n++) {
                int beat = n;
                Await.until(
                        "beat " + n,
                        Duration.ofSeconds(10),
                        () -> mute.events().size() == 5_000
                                || mute.lines().contains("{\"op\":\"beat\",\"n\":" + beat + "}"));
                mute.say("{\"op\":\"beat\",\"n\":" + n + "}");
            }
            assertThat(Wire.numbers(mute.awaitEvents(5_000))).containsExactlyElementsOf(Wire.range(0, 5_000));
        }
    }

    @Test
    void aSessionThatNeverAnswersBeatsIsClosed() {
        try (Laundry laundry = Laundry.open(
                channel -> channel,
                sink -> sink.heartbeat(Duration.ofMillis(50)).limits(Limits.with("limits.beat-timeout", "200ms")))) {
            SessionProbe mute =
                    SessionProbe.open(laundry.sink(), List.of("laundry-bridge.v1"), Map.of(), Caller.ANONYMOUS, false);
            mute.subscribe("machines", "");
            assertThat(mute.awaitClose()).isEqualTo(4309);
        }
    }

    @Test
    void aSendThatDoesNotEndIsAbortedAndHarmsNoOtherClient() {
        try (Laundry laundry = Laundry.open(
                channel -> channel,
                sink -> sink.heartbeat(Duration.ofMillis(100)).limits(Limits.with("limits.send-deadline", "300ms")))) {
            SessionProbe stuck = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            SessionProbe other = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            stuck.await("\"op\":\"live\"");
            other.await("\"op\":\"live\"");
            stuck.stopReading();
            laundry.publish(0, 100);
            assertThat(Wire.numbers(other.awaitEvents(100))).containsExactlyElementsOf(Wire.range(0, 100));
            Await.until("abort", Duration.ofSeconds(10), stuck::aborted);
        }
    }

    @Test
    void nothingIsSentWhileASendHasNotEnded() {
        try (Laundry laundry = Laundry.open(channel -> channel, sink -> sink.workers(1))) {
            SessionProbe slow = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            slow.await("\"op\":\"live\"");
            SessionProbe after = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            after.await("\"op\":\"live\"");
            slow.stopReading();
            laundry.publish(0, 1);
            slow.awaitEvents(1);
            laundry.publish(1, 2);
            after.awaitEvents(3); // the one worker looks at the slow session first
            assertThat(Wire.numbers(slow.events())).containsExactly(0);
            slow.readAgain();
            assertThat(Wire.numbers(slow.awaitEvents(3))).containsExactly(0, 1, 2);
            assertThat(slow.mostInFlight()).isEqualTo(1);
        }
    }

    /** Walks through events and gaps, each of which must begin at the end of the one before; returns the last end. */
    private static int coveredWithoutAHole(List<String> lines) {
        int next = 0;
        for (String line : lines) {
            if (line.startsWith("{\"ch\"")) {
                assertThat(Wire.number(line)).isEqualTo(next++);
            } else if (line.startsWith("{\"op\":\"gap\"")) {
                assertThat(line).contains("\"from\":\"0@" + next + "\"");
                next = Integer.parseInt(line.replaceAll(".*\"to\":\"0@(\\d+).*", "$1"));
            }
        }
        return next;
    }
}
