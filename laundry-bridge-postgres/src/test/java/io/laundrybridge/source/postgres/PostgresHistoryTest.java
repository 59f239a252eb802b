package io.laundrybridge.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.HistoryException;
import io.laundrybridge.source.HistoryHandler;
import io.laundrybridge.source.HistoryReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests what a table's history gives again. */
class PostgresHistoryTest extends ReadingTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestPostgres postgres = TestPostgres.shared();
    private final PostgresTable table = postgres.newTable();
    private final PostgresSource source = postgres.source(table);
    private final HistoryReader history = source.history(HostServices.standard());
    private final List<Long> ids = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    @AfterEach
    void close() {
        history.close();
    }

    private HistoryHandler handler(int most) {
        return new HistoryHandler() {
            @Override
            public void record(SourceRecord record) {
                ids.add(record.offset());
            }

            @Override
            public void gap(Gap gap) {
                gaps.add(gap);
            }

            @Override
            public boolean wantsMore() {
                return ids.size() < most;
            }
        };
    }

    private long read(long from, long until, int most) throws HistoryException, InterruptedException {
        return history.read(PositionVector.of(from), PositionVector.of(until), LONG, handler(most))
                .next(0);
    }

    private void insert(int rows) {
        postgres.execute("INSERT INTO " + table.name() + " (machine, report) SELECT 'm', i FROM generate_series(1, "
                + rows + ") i");
    }

    @Test
    void readsExactlyTheRangeThatIsWanted() throws Exception {
        insert(3000);
        assertThat(read(100, 2500, 10_000)).isEqualTo(2500);
        assertThat(ids).hasSize(2400).startsWith(100L).endsWith(2499L).isSorted();
        assertThat(gaps).isEmpty();
    }

    @Test
    void stopsIfNoMoreIsWantedAndGoesOnFromThere() throws Exception {
        insert(100);
        long next = read(0, 100, 10);
        assertThat(next).isEqualTo(10);
        read(next, 100, 1000);
        assertThat(ids).hasSize(100).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void passesHolesAndReportsDeletedRows() throws Exception {
        insert(20);
        postgres.execute("DELETE FROM " + table.name() + " WHERE id < 10 OR id = 15");
        assertThat(read(5, 20, 100)).isEqualTo(20);
        assertThat(ids).doesNotContain(15L).hasSize(9);
        assertThat(gaps).containsExactly(Gap.of(0, 5, 10, GapReason.RETENTION));
    }

    @Test
    void reportsAllIfTheTableIsEmptyNow() throws Exception {
        insert(20);
        postgres.execute("DELETE FROM " + table.name());
        assertThat(read(5, 20, 100)).isEqualTo(20);
        assertThat(gaps).containsExactly(Gap.of(0, 5, 20, GapReason.RETENTION));
    }

    @Test
    void findsTheOldestRow() throws Exception {
        insert(20);
        postgres.execute("DELETE FROM " + table.name() + " WHERE id < 10");
        assertThat(history.beginning(PositionVector.of(20), 1)).isEqualTo(PositionVector.of(10));
    }

    @Test
    void refusesPlacesOfAnotherLife() {
        insert(20);
        read(source).awaitRecords(20);
        postgres.execute("TRUNCATE " + table.name() + " RESTART IDENTITY");
        HistoryException gone = catchThrowableOfType(HistoryException.class, () -> read(0, 20, 100));
        assertThat(gone.reason()).isEqualTo(HistoryException.Reason.TRUNCATED);
    }

    @Test
    void saysWhyItCannotReadAndTriesAgain() throws Exception {
        insert(5);
        postgres.execute("ALTER TABLE " + table.name() + " RENAME TO away_"
                + table.name().substring(7));
        HistoryException away = catchThrowableOfType(HistoryException.class, () -> read(0, 5, 100));
        assertThat(away.reason()).isEqualTo(HistoryException.Reason.UNAVAILABLE);
        assertThat(away).hasMessageContaining("does not exist");
        postgres.execute("ALTER TABLE away_" + table.name().substring(7) + " RENAME TO "
                + table.name().substring(7));
        assertThat(read(0, 5, 100)).isEqualTo(5);
        assertThat(ids).hasSize(5);
    }
}
