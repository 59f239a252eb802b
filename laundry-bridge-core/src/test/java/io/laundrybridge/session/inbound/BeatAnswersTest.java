package io.laundrybridge.session.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class BeatAnswersTest {
    private final BeatAnswers answers = new BeatAnswers();

    @Test
    void onlyTheFirstAnswerToABeatThatWasSentCounts() {
        assertThat(answers.take(1)).as("no beat was sent").isFalse();
        answers.sent(3);
        assertThat(answers.take(2)).isTrue();
        assertThat(answers.take(2)).as("answered before").isFalse();
        assertThat(answers.take(1)).as("a later one was answered").isFalse();
        assertThat(answers.take(4)).as("of the future").isFalse();
        assertThat(answers.take(0)).isFalse();
        assertThat(answers.newest()).isEqualTo(2);
    }

    @Test
    void anAnswerWakesTheWorkerOnceAndOnlyIfItIsWanted() {
        answers.sent(3);
        answers.take(1);
        assertThat(answers.wakes()).as("the session streams").isFalse();
        answers.want();
        answers.take(2);
        assertThat(answers.wakes()).as("the session waits").isTrue();
        answers.take(3);
        assertThat(answers.wakes()).as("it was woken").isFalse();
    }

    @Test
    void aWorkerThatWantsAnAnswerSeesItOrIsWoken() throws Exception {
        int rounds = 5_000;
        answers.sent(rounds);
        CyclicBarrier together = new CyclicBarrier(2);
        boolean[] woken = new boolean[rounds + 1];
        CompletableFuture<Void> container = CompletableFuture.runAsync(() -> {
            for (int n = 1; n <= rounds; n++) {
                meet(together);
                answers.take(n);
                woken[n] = answers.wakes();
                meet(together);
            }
        });
        for (int n = 1; n <= rounds; n++) {
            meet(together);
            answers.want();
            boolean seen = answers.newest() == n;
            meet(together);
            assertThat(seen || woken[n]).as("round %d", n).isTrue();
        }
        container.get();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
