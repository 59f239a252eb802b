package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many sessions have come at once, and all are live. The worker is their only one. */
class NewSessionsDelayNoOlderOneTest {
    private static final int CROWD = 20;

    private final OneWorker worker = new OneWorker();
    private final List<OneWorker.Client> crowd = new ArrayList<>();
    /** The events that the older client had at each send to the crowd. */
    private final List<Integer> hadOlder = new ArrayList<>();

    @BeforeEach
    void isWarm() throws Exception {
        worker.fillLog();
    }

    @AfterEach
    void stops() throws Exception {
        worker.close();
    }

    private void publishTwice() throws Exception {
        OneWorker.Client older = worker.new Client("");
        worker.settle();
        worker.growOlder();
        for (int i = 0; i < CROWD; i++) {
            crowd.add(worker.new Client(""));
        }
        worker.settle();
        for (OneWorker.Client one : crowd) {
            one.duringSends(() -> {
                if (hadOlder.isEmpty()) {
                    worker.source().publish("k", "{}");
                }
                hadOlder.add(older.events());
            });
        }
    }

    @Test
    void anEventGoesToOlderSessionsWhileNewOnesWaitForTheOneBefore() throws Exception {
        publishTwice();
        worker.publish("k", 1);
        assertThat(hadOlder).hasSizeBetween(CROWD, 2 * CROWD);
        assertThat(hadOlder.subList(1, CROWD)).containsOnly(2);
        assertThat(crowd).allMatch(one -> one.events() == 2);
    }

    @Test
    void onceTheyAreOlderTheyAreServedInOneGo() throws Exception {
        publishTwice();
        worker.growOlder();
        worker.publish("k", 1);
        assertThat(hadOlder.subList(0, CROWD)).containsOnly(1);
        assertThat(crowd).allMatch(one -> one.events() == 2);
    }
}
