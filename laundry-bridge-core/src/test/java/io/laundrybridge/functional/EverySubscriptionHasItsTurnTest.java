package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.Retention;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One session has a subscription with more to send than fits into any frame, and others beside it. */
class EverySubscriptionHasItsTurnTest {
    private static final int BACKLOG = 1_500;
    private static final String COMPRESS = ",\"compress\":\"deflate-raw\"";
    private static final Retention PLENTY = Retention.of(Duration.ofMinutes(10), Retention.mebibytes(16));

    private final Laundry machines = Laundry.open(channel -> channel.retain(PLENTY), sink -> sink.workers(1));
    private final Laundry alarms = Laundry.join(machines, "alarms", channel -> channel.compress(true));
    private final Laundry orders = Laundry.join(machines, "orders", channel -> channel.compress(true));
    private final SessionProbe session = SessionProbe.full(machines.sink());

    @BeforeEach
    void muchWaits() {
        for (int n = 1; n < BACKLOG; n++) {
            machines.source().publish("k-" + n, value(n, 1_000));
        }
        machines.publish("k", value(BACKLOG, 1_000));
    }

    @AfterEach
    void stops() {
        orders.close();
        alarms.close();
        machines.close();
    }

    private static String value(int n, int length) {
        return "{\"n\":" + n + ",\"x\":\"" + "x".repeat(length) + "\"}";
    }

    private void subscribe(int id, String channel, String rest) {
        session.say("{\"op\":\"subscribe\",\"id\":" + id + ",\"ch\":\"" + channel + "\"" + rest + "}");
    }

    /** Sends only a pong until {@link SessionProbe#readAgain}. */
    private void hold() {
        session.stopReading();
        session.say("{\"op\":\"ping\",\"id\":9}").await("pong");
    }

    /** Waits until the session's worker has done its earlier tasks. */
    private void settle() {
        SessionProbe other = SessionProbe.full(machines.sink());
        other.say("{\"op\":\"ping\",\"id\":1}").await("pong");
        other.cut();
    }

    /** Returns the number of frames with events of {@code machines} before the first with one of {@code channel}. */
    private long framesBefore(String channel) {
        session.await("{\"op\":\"live\",\"ch\":\"machines\"}");
        session.await("{\"op\":\"live\",\"ch\":\"" + channel + "\"}");
        session.await("its event", line -> line.startsWith("{\"ch\":\"" + channel + "\""));
        assertThat(session.events().stream().filter(line -> line.startsWith("{\"ch\":\"machines\"")))
                .hasSize(BACKLOG);
        return session.frames().stream()
                .takeWhile(frame -> !frame.contains("{\"ch\":\"" + channel + "\""))
                .filter(frame -> frame.contains("{\"ch\":\"machines\""))
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 40_000, 60_000, 100_000})
    void aLongLineComesFirstSometime(int length) {
        subscribe(1, "alarms", "");
        session.await("{\"op\":\"live\",\"ch\":\"alarms\"}");
        hold();
        subscribe(2, "machines", ",\"from\":\"earliest\"");
        alarms.publish("k", value(0, length));
        settle();
        session.readAgain();
        assertThat(framesBefore("alarms")).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,false", "true,true", "false,true"})
    void compressedSubscriptionsDoNotWaitForOthers(boolean first, boolean both) {
        String other = both ? COMPRESS : "";
        if (first) {
            subscribe(1, "alarms", COMPRESS);
            session.await("{\"op\":\"live\",\"ch\":\"alarms\"}");
        }
        hold();
        subscribe(2, "machines", ",\"from\":\"earliest\"" + other);
        if (!first) {
            subscribe(1, "alarms", COMPRESS);
        }
        settle();
        alarms.publish("k", value(0, 300));
        session.readAgain();
        assertThat(framesBefore("alarms")).isLessThanOrEqualTo(2);
    }

    @Test
    void threeShareTheSocketEachWithItsPart() {
        for (int n = 0; n < 100; n++) {
            alarms.publish("k", value(n, 5_000));
            orders.publish("k", value(n, 5_000));
        }
        hold();
        subscribe(1, "machines", ",\"from\":\"earliest\"");
        subscribe(2, "alarms", ",\"from\":\"last:100\"" + COMPRESS);
        subscribe(3, "orders", ",\"from\":\"last:100\"");
        settle();
        session.readAgain();
        List.of("machines", "alarms", "orders")
                .forEach(each -> session.await("{\"op\":\"live\",\"ch\":\"" + each + "\"}"));
        List<String> frames = session.frames();
        assertThat(framesBefore("alarms")).isLessThanOrEqualTo(2);
        assertThat(framesBefore("orders")).isLessThanOrEqualTo(2);
        assertThat(last(frames, "alarms")).isLessThan(last(frames, "machines"));
        assertThat(last(frames, "orders")).isLessThan(last(frames, "machines"));
    }

    private static int last(List<String> frames, String channel) {
        int last = -1;
        for (int i = 0; i < frames.size(); i++) {
            last = frames.get(i).contains("{\"ch\":\"" + channel + "\"") ? i : last;
        }
        return last;
    }
}
