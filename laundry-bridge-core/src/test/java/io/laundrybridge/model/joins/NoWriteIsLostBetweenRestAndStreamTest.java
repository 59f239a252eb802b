package io.laundrybridge.model.joins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plays 5,000 joins in histories of 500; {@code -Dmodel.joins=N} plays another number, {@code -Dmodel.seed=N} one
 * history again.
 */
class NoWriteIsLostBetweenRestAndStreamTest {
    private static final int A_HISTORY = 500;

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6, 7})
    void aStampThatIsTakenAfterTheRowsWereLoadedIsFound(long seed) {
        try (JoinHistory history = new JoinHistory(seed, true)) {
            assertThat(history.play(20_000))
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
