package io.laundrybridge.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.AuditTape;
import io.laundrybridge.testing.CountingTelemetry;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The rehearsal with real channels, sessions, workers and replays. */
class TheRehearsalTakesTheWholePathTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** The events of a round. */
    private static final int EVENTS = 1_000;
    /** The clients that get all events: prompt ones, those with an interval, and plain ones. */
    private static final int READERS = 12;

    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final Queue<String> names = new ConcurrentLinkedQueue<>();
    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final AuditTape audit = new AuditTape();
    private final HostServices services =
            HostServices.standard().withTelemetry(telemetry).withAudit(audit).withThreads(this::thread);

    private Thread thread(Runnable task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } finally {
                names.add(Thread.currentThread().getName());
            }
        });
        threads.add(thread);
        return thread;
    }

    @Test
    void everyEventReachesTheReadersAndClientsThatComeBackReadThePast() {
        try (PathRehearsal rehearsal = new PathRehearsal(services, () -> false)) {
            long round = 0;
            for (int i = 0; i < 5; i++) { // the last ones begin before memory
                long before = rehearsal.lines();
                assertThat(rehearsal.round()).isPositive();
                round = rehearsal.lines() - before;
            }
            assertThat(round).isGreaterThan(READERS * EVENTS + 2L * EVENTS);
        }
        assertThat(names).as("replays").anyMatch(name -> name.contains("replay"));
    }

    @Test
    void nothingOfItIsSeenAndNoThreadIsLeft() {
        try (PathRehearsal rehearsal = new PathRehearsal(services, () -> false)) {
            assertThat(rehearsal.round()).isPositive();
        }
        assertThat(telemetry.meters()).isEmpty();
        assertThat(audit.events()).isEmpty();
        awaitNoThread();
        assertThat(names).hasSameSizeAs(threads).allMatch(name -> name.startsWith("laundry-bridge-warm-up-"));
    }

    @Test
    void aRoundEndsAtOnceWhenItsTimeIsUp() {
        AtomicInteger asked = new AtomicInteger();
        try (PathRehearsal rehearsal = new PathRehearsal(services, () -> asked.incrementAndGet() > 50)) {
            rehearsal.round();
            assertThat(rehearsal.lines()).isLessThan((long) READERS * EVENTS);
        }
        awaitNoThread();
    }

    private void awaitNoThread() {
        assertThat(threads).isNotEmpty();
        Await.until("no thread is left", SOON, () -> threads.stream().noneMatch(Thread::isAlive));
    }
}
