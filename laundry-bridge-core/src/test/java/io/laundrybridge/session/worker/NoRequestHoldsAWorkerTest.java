package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.session.select.TurnBudget;
import io.laundrybridge.test.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a look through all of the memory answers, beside a client that asks for little. */
public class NoRequestHoldsAWorkerTest {
    private static final int EVENTS = 5 * TurnBudget.A_TURN;

    private final OneWorker worker = new OneWorker();

    @BeforeEach
    void muchHasHappened() throws Exception {
        for (int i = 0; i < EVENTS; i++) {
            worker.source().publish("m-" + i % 500, "{\"n\":" + (i == 0 ? 1 : 0) + "}");
        }
        worker.settle();
    }

    @AfterEach
    void stops() throws Exception {
        worker.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"from\":\"last:999999999\",\"keys\":[\"nobody\"]",
                ",\"from\":\"last:999999999\",\"keys\":[PREFIXES]",
                ",\"from\":\"last:999999999\",\"where\":{\"eq\":[\"/n\",7]}",
                ",\"from\":\"since:2099-01-01T00:00:00Z\""
            })
    void othersHaveTheirTurnBeforeMemoryHasBeenLookedThrough(String rest) throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        OneWorker.Client other = worker.new Client("");
        worker.settle();
        worker.then(() -> Await.until("all is asked", Duration.ofSeconds(10), asked::get));
        OneWorker.Client greedy = worker.new Client(rest.replace("PREFIXES", prefixes()));
        int[] seen = new int[2];
        other.say("{\"op\":\"ping\",\"id\":7}");
        worker.thenInTurn(() -> {
            seen[0] = other.lines().size();
            seen[1] = greedy.lines().size();
        });
        asked.set(true);
        for (int i = 0; i < 4; i++) {
            worker.settle(); // the search takes turns, and so does reading
        }
        assertThat(seen[0]).as("the other is answered").isGreaterThanOrEqualTo(4);
        assertThat(seen[1]).as("the greedy one has its welcome").isLessThanOrEqualTo(1);
        assertThat(greedy.lines()).anyMatch(line -> line.contains("\"op\":\"live\""));
    }

    @Test
    void aKeyThatWasWantedOnceIsFollowedInTurns() throws Exception {
        for (int i = 0; i < EVENTS; i++) {
            worker.source().publish("hot", "{\"n\":" + (i == 0 ? 7 : 0) + "}");
        }
        worker.settle();
        OneWorker.Client other = worker.new Client("");
        OneWorker.Client greedy =
                worker.new Client(",\"from\":\"last:999999999\",\"every\":10,\"where\":{\"eq\":[\"/n\",7]}");
        worker.settle();
        worker.pass(Duration.ofMillis(20));
        for (int i = 0; i < 20; i++) {
            worker.settle();
        }
        assertThat(greedy.events()).isEqualTo(1);
        assertThat(other.lines()).anyMatch(line -> line.contains("\"op\":\"live\""));
    }

    private static String prefixes() {
        return IntStream.range(1_000, 2_000).mapToObj(i -> "\"m-" + i + "*\"").collect(Collectors.joining(","));
    }
}
