package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counts how often a worker is to look at its channel. */
public class EventsWakeNoSessionThatWaitsForATickTest {
    private static final Duration TICK = Duration.ofMillis(50);

    private final OneWorker worker = new OneWorker();

    @AfterEach
    void stops() throws Exception {
        worker.close();
    }

    private OneWorker.Client client(String rest) throws Exception {
        OneWorker.Client client = worker.new Client(rest);
        worker.settle();
        return client;
    }

    private int looksFor(int events) throws Exception {
        int before = worker.looks();
        worker.publish("k", events);
        return worker.looks() - before;
    }

    @Test
    void oneEventHasTheTickComeAndTheOthersWaitForIt() throws Exception {
        worker.fillLog();
        OneWorker.Client often = client(",\"flush\":50");
        OneWorker.Client seldom = client(",\"flush\":100");
        for (int tick = 1; tick <= 20; tick++) {
            assertThat(looksFor(20)).isEqualTo(1);
            worker.pass(TICK);
            assertThat(often.events()).isEqualTo(20 * tick);
            assertThat(seldom.events()).isEqualTo(20 * (tick - tick % 2));
        }
    }

    @Test
    void ifTheWorkOfATickTakesTooLongTheNextTickFollowsAtOnce() throws Exception {
        worker.fillLog();
        OneWorker.Client client = client(",\"flush\":50");
        worker.growOlder(); // what new sessions send is no part of the tick
        looksFor(1);
        client.duringSends(() -> {
            if (client.events() < 5) {
                worker.passUnseen(Duration.ofMillis(60));
                worker.source().publish("k", "{}");
            }
        });
        worker.settle();
        worker.pass(TICK);
        for (int i = 0; i < 100 && client.events() < 5; i++) {
            worker.settle(); // no time passes but that of the work
        }
        assertThat(client.events()).isEqualTo(5);
        assertThat(worker.alarms()).as("ticks to come").isZero();
    }

    @Test
    void ifItTakesLessTheNextTickComesInItsTime() throws Exception {
        worker.fillLog();
        OneWorker.Client client = client(",\"flush\":50");
        looksFor(1);
        client.duringSends(() -> {
            if (client.events() < 2) {
                worker.passUnseen(Duration.ofMillis(40));
                worker.source().publish("k", "{}");
            }
        });
        worker.settle();
        worker.pass(TICK);
        worker.settle();
        assertThat(client.events()).isEqualTo(1);
        worker.pass(Duration.ofMillis(10));
        worker.settle();
        assertThat(client.events()).isEqualTo(2);
    }

    @Test
    void aNewSessionGetsEachEvent() throws Exception {
        client(",\"flush\":50");
        looksFor(5);
        OneWorker.Client prompt = client("");
        OneWorker.Client selective = client(",\"keys\":[\"k\"]");
        assertThat(looksFor(20)).isEqualTo(20);
        assertThat(prompt.events()).isEqualTo(20);
        assertThat(selective.events()).isEqualTo(20);
        prompt.leave();
        worker.publish("k", 20);
        assertThat(selective.events()).isEqualTo(40);
    }

    @Test
    void aNewPlainClientGetsEachEvent() throws Exception {
        client(",\"flush\":50");
        looksFor(5);
        OneWorker.Client plain = worker.plain();
        worker.settle();
        worker.publish("k", 20);
        assertThat(plain.events()).isEqualTo(20);
    }

    @Test
    void aSessionThatEndsItsFlushIntervalGetsEachEvent() throws Exception {
        OneWorker.Client client = client(",\"flush\":50");
        looksFor(5);
        client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"c\"}");
        worker.settle();
        assertThat(looksFor(20)).isEqualTo(20);
        assertThat(client.events()).isEqualTo(25);
    }

    @Test
    void aFrameThatIsFullDoesNotWait() throws Exception {
        worker.fillLog();
        OneWorker.Client client = client(",\"flush\":50");
        int before = worker.looks();
        for (int n = 0; n < 100; n++) {
            worker.source().publish("k", "\"" + "x".repeat(1_000) + "\"");
            worker.settle();
        }
        assertThat(client.events()).isBetween(60, 70);
        assertThat(worker.looks() - before).isBetween(2, 4);
    }

    @Test
    void gapsAndStatusDoNotWaitForTheTick() throws Exception {
        OneWorker.Client client = client(",\"flush\":50");
        looksFor(5);
        worker.source().publish("k", "no JSON");
        worker.settle();
        assertThat(client.lines()).anyMatch(line -> line.contains("\"op\":\"gap\""));
        assertThat(client.events()).isEqualTo(5);
        looksFor(5);
        worker.source().stall("for a test");
        worker.settle();
        assertThat(client.lines()).anyMatch(line -> line.contains("\"state\":\"stale\""));
    }

    @Test
    void ifAllPagesAreHiddenNoEventWakesASession() throws Exception {
        OneWorker.Client hidden = client("");
        hidden.say("{\"op\":\"view\",\"hidden\":true}");
        looksFor(1);
        assertThat(looksFor(20)).isZero();
        hidden.say("{\"op\":\"view\",\"hidden\":false}");
        worker.settle();
        assertThat(hidden.events()).isEqualTo(21);
        assertThat(looksFor(20)).isEqualTo(20);
        assertThat(hidden.events()).isEqualTo(41);
    }
}
