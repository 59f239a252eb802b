package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    void anEventGoesToOlderSessionsWhileNewOnesWaitForTheOneBefore() throws Exception {
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
        worker.publish("k", 1);
        assertThat(hadOlder).hasSizeBetween(CROWD, 2 * CROWD);
        assertThat(hadOlder.subList(1, CROWD)).containsOnly(2);
        assertThat(crowd).allMatch(one -> one.events() == 2);
    }

    @Test
    void onceItIsOlderASessionSendsWithTheEvent() throws Exception {
        OneWorker.Client client = worker.new Client("");
        worker.settle();
        assertThat(sentAtOnce(client)).isZero();
        worker.growOlder();
        assertThat(sentAtOnce(client)).isEqualTo(1);
    }

    /** Publishes an event; returns what the client gets of it before another task runs. */
    private int sentAtOnce(OneWorker.Client client) throws Exception {
        int before = client.events();
        AtomicInteger sent = new AtomicInteger();
        Runnable goOn = worker.held();
        worker.source().publish("k", "{}");
        worker.then(() -> sent.set(client.events() - before));
        goOn.run();
        worker.settle();
        assertThat(client.events()).isEqualTo(before + 1);
        return sent.get();
    }
}
