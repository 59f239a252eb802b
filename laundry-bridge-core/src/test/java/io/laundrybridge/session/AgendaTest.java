package io.laundrybridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private final Agenda agenda = new Agenda(new ConcurrentLinkedQueue<>());
    private int others;

    /** There is always something of both kinds. */
    private int othersOf(int tasks, long nanosEach) {
        for (int i = 0; i < tasks; i++) {
            agenda.addUrgent(() -> {});
            agenda.add(() -> others++);
            Objects.requireNonNull(agenda.take()).run();
            agenda.spent(nanosEach);
        }
        return others;
    }

    @Test
    void urgentTasksGoFirst() {
        assertThat(othersOf(10, 50_000)).isZero();
    }

    @Test
    void othersHaveTheirShareOfTheTimeHoweverMuchIsUrgent() {
        assertThat(othersOf(1_000, 2_000_000)).isBetween(400, 600);
    }
}
