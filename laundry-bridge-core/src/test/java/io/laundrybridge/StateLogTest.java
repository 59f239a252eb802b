package io.laundrybridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.LogTape;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tests that channels that change in the same way are one line of the log. */
class StateLogTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String AWAY = "Kafka does not answer";

    private final LogTape tape = new LogTape();
    private final AtomicLong now = new AtomicLong(1);
    private final StateLog log = new StateLog(tape.logger(), now::get);
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final HostServices services = HostServices.standard().withThreads(task -> {
        Thread thread = new Thread(task);
        threads.add(thread);
        return thread;
    });

    private void changed(int from, int to, BridgeState state, String reason) {
        for (int i = from; i < to; i++) {
            log.changed("c" + i, new StateNews.Change(state, reason.replace("TOPIC", "'t" + i + "'"), false), services);
        }
    }

    private List<String> lines(int count) {
        Await.until(count + " lines", DEADLINE, () -> tape.lines().size() >= count);
        return tape.lines();
    }

    @Test
    void fiveHundredChannelsAreTwoLinesPerCauseAndNoneIsForgotten() {
        changed(0, 500, BridgeState.STALE, AWAY);
        assertThat(lines(2))
                .containsExactly(
                        "WARN Channel 'c0' is STALE: Kafka does not answer",
                        "WARN 499 more channels ('c1', 'c2', 'c3', 'c4', 'c5' and 494 others) are STALE: Kafka does not"
                                + " answer");
        changed(0, 500, BridgeState.LIVE, "");
        assertThat(lines(4))
                .element(3)
                .isEqualTo("INFO 499 more channels ('c1', 'c2', 'c3', 'c4', 'c5' and 494 others) are LIVE");
        Await.until("no thread is left", DEADLINE, () -> threads.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void aReasonThatNamesItsTopicIsAlike() {
        changed(0, 3, BridgeState.STALE, "Topic TOPIC does not exist");
        assertThat(lines(2))
                .containsExactly(
                        "WARN Channel 'c0' is STALE: Topic 't0' does not exist",
                        "WARN 2 more channels ('c1', 'c2') are STALE; one reason: Topic 't1' does not exist");
    }

    @Test
    void linesKeepTheOrderOfAChannelsChangesAndAStopLeavesNoThread() {
        changed(0, 2, BridgeState.STALE, AWAY);
        changed(1, 2, BridgeState.LIVE, "");
        changed(0, 1, BridgeState.LIVE, "");
        changed(0, 1, BridgeState.DRAINING, "");
        assertThat(tape.lines())
                .containsExactly(
                        "WARN Channel 'c0' is STALE: Kafka does not answer",
                        "WARN Channel 'c1' is STALE: Kafka does not answer",
                        "INFO Channel 'c1' is LIVE",
                        "INFO Channel 'c0' is LIVE",
                        "INFO Channel 'c0' is DRAINING");
        Await.until("no thread is left", DEADLINE, () -> threads.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void aSecondLaterAChangeIsLoggedAtOnceAgainAndWithoutAThreadAlways() {
        changed(0, 1, BridgeState.STALE, AWAY);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        changed(1, 2, BridgeState.STALE, AWAY);
        HostServices none = services.withThreads(task -> {
            throw new IllegalStateException("expected by this test");
        });
        log.changed("c2", new StateNews.Change(BridgeState.STALE, AWAY, false), none);
        assertThat(tape.lines()).hasSize(3);
        assertThat(threads).isEmpty();
    }
}
