package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A worker that runs its tasks if the test says so. */
class LatenessOfWorkersTest {
    private final AtomicLong nanos = new AtomicLong(1_000);
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final WorkerLateness lateness = new WorkerLateness(tasks::add, nanos::get);

    private void run() {
        Objects.requireNonNull(tasks.poll()).run();
    }

    @Test
    void isWhatTheLastTaskWaited() {
        assertThat(lateness.look()).isZero();
        nanos.addAndGet(70);
        run();
        assertThat(lateness.look()).isEqualTo(70);
        run();
        assertThat(lateness.look()).isZero();
    }

    @Test
    void isForgottenAfterASecond() {
        lateness.look();
        nanos.addAndGet(70);
        run();
        nanos.addAndGet(1_000_000_000);
        assertThat(lateness.look()).isZero();
    }

    @Test
    void growsWhileATaskWaitsAndNoSecondOneIsSent() {
        lateness.look();
        nanos.addAndGet(30);
        assertThat(lateness.look()).isEqualTo(30);
        nanos.addAndGet(30);
        assertThat(lateness.look()).isEqualTo(60);
        assertThat(tasks).hasSize(1);
    }
}
