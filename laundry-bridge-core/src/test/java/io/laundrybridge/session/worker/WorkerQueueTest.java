package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

public class WorkerQueueTest {
    private final WorkerQueue agenda = new WorkerQueue(new ConcurrentLinkedQueue<>());
    private int turns;

    /** There is always something of both kinds. */
    private int turnsOf(int times, long nanosEach) {
        for (int i = 0; i < times; i++) {
            agenda.add(() -> {});
            agenda.addTurn(() -> turns++);
            Objects.requireNonNull(agenda.take()).run();
            agenda.spent(nanosEach);
        }
        return turns;
    }

    @Test
    void tasksGoFirst() {
        assertThat(turnsOf(10, 50_000)).isZero();
    }

    @Test
    void turnsHaveTheirShareOfTheTimeHoweverManyTasksThereAre() {
        assertThat(turnsOf(1_000, 2_000_000)).isBetween(400, 600);
    }
}
