package io.laundrybridge.session.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

public class WorkerQueueTest {
    private final WorkerQueue agenda = new WorkerQueue(new ConcurrentLinkedQueue<>());
    private final List<Long> order = new ArrayList<>();
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
    void turnsThatWaitTogetherGoInTheOrderOfTheirPlacesAndOthersKeepTheirs() {
        for (int place : new int[] {5, 3, 9}) {
            agenda.addTurn(at(place));
        }
        agenda.addTurn(() -> order.add(0L));
        agenda.addTurn(at(4));
        run(5);

        assertThat(order).containsExactly(3L, 5L, 9L, 0L, 4L);
    }

    @Test
    void aTurnThatComesInARoundWaitsForTheNextWhateverItsPlace() {
        agenda.addTurn(at(7));
        agenda.addTurn(at(8));
        run(1);
        agenda.addTurn(at(1));
        run(2);

        assertThat(order).containsExactly(7L, 8L, 1L);
    }

    @Test
    void inACrowdNoTurnWaitsForMoreThanAThousandThatCameLater() {
        int crowd = 5_000;
        for (long place = crowd; place > 0; place--) {
            agenda.addTurn(at(place));
        }
        for (int i = 0; i < crowd + 1_024; i++) {
            run(1);
            agenda.addTurn(at(0));
        }

        assertThat(order.stream().filter(place -> place > 0)).hasSize(crowd);
    }

    private void run(int times) {
        for (int i = 0; i < times; i++) {
            Objects.requireNonNull(agenda.take()).run();
        }
    }

    private PlacedTurn at(long place) {
        return new PlacedTurn() {
            @Override
            public long place() {
                return place;
            }

            @Override
            public void run() {
                order.add(place);
            }
        };
    }

    @Test
    void turnsHaveTheirShareOfTheTimeHoweverManyTasksThereAre() {
        assertThat(turnsOf(1_000, 2_000_000)).isBetween(400, 600);
    }
}
