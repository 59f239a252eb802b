package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counts the looks at sessions while nothing happens except that time passes. */
public class SessionsAreLookedAtOncePerRoundTest {
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Pattern AT = Pattern.compile("\"at\":\"([^\"]*):0@(\\d+)\"");

    private final OneWorker worker = new OneWorker();

    @AfterEach
    void stops() throws Exception {
        worker.close();
    }

    @Test
    void eachSessionIsLookedAtOnceARoundAndNeverAllAtOnce() throws Exception {
        List<OneWorker.Client> clients = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            clients.add(worker.new Client(""));
        }
        worker.settle();
        List<Integer> before = looks(clients);
        for (int part = 0; part < TickWheel.PARTS; part++) {
            int sum = sum(clients);
            worker.pass(ROUND.dividedBy(TickWheel.PARTS));
            assertThat(sum(clients) - sum).isBetween(1, 200);
        }
        assertThat(looks(clients))
                .isEqualTo(before.stream().map(count -> count + 1).toList());
    }

    @Test
    void aSessionAheadOfThisNodeStartsATenthOfASecondLater() throws Exception {
        OneWorker.Client first = worker.new Client("");
        worker.settle();
        Matcher here = AT.matcher(first.lines().get(1));
        assertThat(here.find()).isTrue();
        String ahead = here.group(1) + ":0@" + (Integer.parseInt(here.group(2)) + 1);
        OneWorker.Client waiting = worker.new Client(",\"from\":\"at:" + ahead + "\"");
        worker.publish("k", 1);
        assertThat(waiting.lines()).hasSize(1);
        worker.pass(Duration.ofMillis(100));
        assertThat(waiting.lines().get(1)).contains("\"recovered\":true");
    }

    private static List<Integer> looks(List<OneWorker.Client> clients) {
        return clients.stream().map(OneWorker.Client::looks).toList();
    }

    private static int sum(List<OneWorker.Client> clients) {
        return looks(clients).stream().mapToInt(Integer::intValue).sum();
    }
}
