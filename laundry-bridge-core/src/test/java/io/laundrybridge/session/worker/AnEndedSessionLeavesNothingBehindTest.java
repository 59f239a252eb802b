package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.Await;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions come, ask for something that waits, and leave before it has come. No time passes. */
public class AnEndedSessionLeavesNothingBehindTest {
    private final OneWorker worker = new OneWorker();

    @AfterEach
    void stops() throws Exception {
        worker.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"every\":3600000",
                ",\"flush\":60000",
                ",\"keys\":[\"k\",\"l*\"]",
                ",\"where\":{\"gt\":[\"/n\",0]}",
                ",\"from\":\"at:nowhere.1:0@1\"",
                ",\"from\":\"last:10\",\"every\":3600000,\"keys\":[\"l*\"]"
            })
    void neitherTheSessionNorAnAlarmNorAnInterest(String rest) throws Exception {
        worker.publish("k", 3);
        List<WeakReference<Session>> gone = comeAndGo(rest, 200);
        assertThat(worker.alarms()).isZero();
        assertThat(worker.readers().selectNothing()).isTrue();
        Await.until("the sessions to be collected", Duration.ofSeconds(10), () -> {
            System.gc();
            return gone.stream().allMatch(session -> session.get() == null);
        });
    }

    @Test
    void aSubscriptionThatIsRepeatedSetsNoSecondAlarm() throws Exception {
        OneWorker.Client client = worker.new Client(",\"every\":3600000");
        for (int i = 0; i < 50; i++) {
            client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"c\",\"every\":" + (3_600_000 - i) + "}");
            worker.publish("k", 2);
        }
        assertThat(worker.alarms()).isEqualTo(1);
    }

    @Test
    void aNewcomerThatLeavesBeforeItsTurnDoesNotBegin() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        worker.then(() -> Await.until("it has left", Duration.ofSeconds(10), () -> left.getCount() == 0));
        OneWorker.Client early = worker.plain();
        early.leave();
        left.countDown();
        worker.settle();
        assertThat(early.begun()).isFalse();
    }

    @Test
    void whatANewcomerSaysBeforeItLeavesIsHeard() throws Exception {
        Runnable goOn = worker.held();
        OneWorker.Client brief = worker.new Client("");
        brief.inbound().text("{\"op\":\"ping\",\"id\":2}", true);
        brief.inbound().closed();
        goOn.run();
        worker.settle();
        assertThat(brief.heard()).isEqualTo(2);
    }

    private List<WeakReference<Session>> comeAndGo(String rest, int count) throws Exception {
        List<OneWorker.Client> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(worker.new Client(rest));
        }
        worker.publish("k", 2);
        clients.forEach(OneWorker.Client::leave);
        worker.settle();
        return clients.stream().map(OneWorker.Client::remembered).toList();
    }
}
