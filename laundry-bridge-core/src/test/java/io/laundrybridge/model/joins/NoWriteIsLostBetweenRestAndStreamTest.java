package io.laundrybridge.model.joins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Plays 5,000 joins in histories of 500; {@code -Dmodel.joins=N} plays another number, {@code -Dmodel.seed=N} one
 * history again.
 */
class NoWriteIsLostBetweenRestAndStreamTest {
    private static final int A_HISTORY = 500;

    /** Threads decide which joins meet the fault, so one seed of several must. */
    @Test
    void aStampThatIsTakenAfterTheRowsWereLoadedIsFound() {
        assertThat(LongStream.range(4, 24)).anyMatch(NoWriteIsLostBetweenRestAndStreamTest::isFoundWith);
    }

    private static boolean isFoundWith(long seed) {
        try (JoinHistory history = new JoinHistory(seed, true)) {
            return history.play(20_000).stream()
                    .anyMatch(line -> line.contains("a write is lost") || line.contains("at the end"));
        }
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.MINUTES)
    void inNoOrderOfWritesReadsAndJoins() {
        Long only = Long.getLong("model.seed");
        long first = only == null ? System.nanoTime() & 0xffff_ffffL : only;
        long histories = only == null ? Math.max(1, Long.getLong("model.joins", 5_000) / A_HISTORY) : 1;
        long began = System.nanoTime();
        for (long seed = first; seed < first + histories; seed++) {
            try (JoinHistory history = new JoinHistory(seed, false)) {
                List<String> lost = history.play(A_HISTORY);
                if (!lost.isEmpty()) {
                    fail("seed %d (-Dmodel.seed=%d):%n  %s".formatted(seed, seed, String.join("\n  ", lost)));
                }
            }
        }
        System.out.printf(
                "%,d joins from seed %d, none lost, in %d s%n",
                histories * A_HISTORY, first, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    }
}
