package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No time passes for the worker, so no tick looks. */
public class KeysWakeOnlyTheirReadersTest {
    private final OneWorker worker = new OneWorker();

    @AfterEach
    void stops() throws Exception {
        worker.close();
    }

    private List<OneWorker.Client> clients(int count) throws Exception {
        List<OneWorker.Client> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(worker.new Client(",\"keys\":[\"k-" + i + "\"]"));
        }
        worker.publish("nobody's", 3);
        return clients;
    }

    @Test
    void anEventWakesTheSubscribersOfItsKeyAndNoOtherSession() throws Exception {
        List<OneWorker.Client> clients = clients(50);
        OneWorker.Client prefix = worker.new Client(",\"keys\":[\"k-7*\"]");
        OneWorker.Client filter = worker.new Client(",\"where\":{\"ge\":[\"/n\",15]}");
        OneWorker.Client equal = worker.new Client(",\"where\":{\"eq\":[\"/n\",15]}");
        OneWorker.Client all = worker.new Client("");
        worker.publish("nobody's", 3);
        List<Integer> before = clients.stream().map(client -> client.looks()).toList();
        int filterBefore = filter.looks();
        int equalBefore = equal.looks();
        worker.publish("k-7", 20);
        for (int i = 0; i < clients.size(); i++) {
            assertThat(clients.get(i).events()).isEqualTo(i == 7 ? 20 : 0);
            assertThat(clients.get(i).looks() - before.get(i))
                    .as("looks of k-%d", i)
                    .isBetween(i == 7 ? 20 : 0, i == 7 ? 60 : 0);
        }
        assertThat(prefix.events()).isEqualTo(20);
        assertThat(all.events()).isEqualTo(23);
        assertThat(filter.events()).isEqualTo(5);
        assertThat(filter.looks() - filterBefore).isBetween(5, 15);
        assertThat(equal.events()).isEqualTo(1);
        assertThat(equal.looks() - equalBefore).isBetween(1, 3);
    }

    @Test
    void aPageThatIsHiddenIsNotWoken() throws Exception {
        OneWorker.Client shown = worker.new Client("");
        OneWorker.Client hidden = worker.new Client("");
        hidden.say("{\"op\":\"view\",\"hidden\":true}");
        worker.publish("k", 1);
        int before = hidden.looks();
        int shownBefore = shown.looks();
        worker.publish("k", 20);
        assertThat(shown.looks() - shownBefore).isBetween(20, 60);
        assertThat(hidden.looks()).isEqualTo(before);
        assertThat(hidden.events()).isZero();
        hidden.say("{\"op\":\"view\",\"hidden\":false}");
        worker.settle();
        assertThat(hidden.events()).isEqualTo(21);
    }

    @Test
    void aReplayIsWokenByItsClockAndByNoEvent() throws Exception {
        worker.publish("k", 1);
        OneWorker.Client plays = worker.new Client(",\"from\":\"earliest\",\"pace\":0");
        OneWorker.Client slow = worker.new Client(",\"pace\":1,\"until\":\"PT0S\"");
        worker.publish("k", 1);
        int before = plays.looks() + slow.looks();
        worker.publish("k", 20);
        assertThat(plays.looks() + slow.looks()).isEqualTo(before);
        plays.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"c\"}");
        worker.settle();
        assertThat(plays.events()).isEqualTo(22);
        int live = plays.looks();
        worker.publish("k", 5);
        assertThat(plays.looks() - live).isBetween(5, 15);
    }

    /** Nothing else happens in the channel: what lies before the end is found without an event behind it. */
    @Test
    void aReaderThatJoinsTheWalkBehindItsEndCatchesUpByItself() throws Exception {
        for (int n = 0; n < 500; n++) {
            worker.publish("k-" + n % 10, 1);
        }
        OneWorker.Client first = worker.new Client(",\"from\":\"earliest\",\"keys\":[\"k-3\"]");
        worker.settle();
        OneWorker.Client second = worker.new Client(",\"from\":\"earliest\",\"keys\":[\"k-4*\"]");
        worker.settle();
        for (OneWorker.Client client : List.of(first, second)) {
            assertThat(client.events()).isEqualTo(50);
            assertThat(client.lines()).anyMatch(line -> line.contains("\"op\":\"live\""));
        }
    }

    @Test
    void entriesThatConcernAllWakeAllSessions() throws Exception {
        List<OneWorker.Client> clients = clients(5);
        worker.source().publish("nobody's", "no JSON");
        worker.settle();
        worker.source().stall("for a test");
        worker.settle();
        for (OneWorker.Client client : clients) {
            assertThat(client.lines()).anyMatch(line -> line.contains("\"op\":\"gap\""));
            assertThat(client.lines()).anyMatch(line -> line.contains("\"state\":\"stale\""));
        }
    }

    @Test
    void theIndexIsEmptyOnceAllSubscriptionsAreGone() throws Exception {
        List<OneWorker.Client> clients = clients(20);
        OneWorker.Client churning = worker.new Client("");
        for (int i = 0; i < 3_000; i++) {
            churning.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"c\",\"keys\":[\"a-" + i + "\",\"b-*\"],\"flush\":"
                    + (10 + i % 50) + ",\"where\":{\"eq\":[\"/n\"," + i + "]}}");
            if (i % 3 == 0) {
                churning.say("{\"op\":\"unsubscribe\",\"id\":3,\"ch\":\"c\"}");
            }
        }
        clients.forEach(OneWorker.Client::leave);
        churning.leave();
        worker.settle();
        assertThat(worker.readers().selectNothing()).isTrue();
    }
}
