package io.laundrybridge.source.postgres;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.source.HistoryException;
import io.laundrybridge.source.HistoryHandler;
import io.laundrybridge.source.HistoryReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows again, by queries on a connection of its own. Every place that it is asked for is below one that the live
 * reader has passed, so no open transaction can add rows there.
 */
final class PostgresHistoryReader implements HistoryReader {
    private final String table;
    private final PostgresSource.Opener opener;
    private final Supplier<@Nullable String> liveEpoch;
    private @Nullable TableConnection connection;

    /** {@code liveEpoch} is the epoch that the live reader saw last, or null. */
    PostgresHistoryReader(String table, PostgresSource.Opener opener, Supplier<@Nullable String> liveEpoch) {
        this.table = table;
        this.opener = opener;
        this.liveEpoch = liveEpoch;
    }

    /** A question to the table. */
    private interface Question<T> {
        T ask(TableConnection open, TableLife life) throws SQLException, HistoryException, InterruptedException;
    }

    @Override
    public PositionVector read(PositionVector from, PositionVector until, Duration longest, HistoryHandler handler)
            throws HistoryException, InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        return ask((open, life) -> {
            checkEpoch(life);
            long next = passDeleted(from.next(0), until.next(0), life, handler);
            while (next < until.next(0) && handler.wantsMore() && System.nanoTime() - deadline < 0) {
                TablePage page = open.page(next, Long.MAX_VALUE);
                next = handOver(page, next, until.next(0), handler);
            }
            return TableLife.place(next);
        });
    }

    private static long passDeleted(long from, long until, TableLife life, HistoryHandler handler) {
        long oldest = Math.min(life.oldest(), until);
        if (from >= oldest) {
            return from;
        }
        handler.gap(Gap.of(0, from, oldest, GapReason.RETENTION));
        return oldest;
    }

    /** Returns the place after the rows that were handed over. */
    private static long handOver(TablePage page, long from, long until, HistoryHandler handler)
            throws InterruptedException {
        long next = from;
        for (TablePage.Row row : page.rows()) {
            if (row.id() >= until) {
                return until;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("during a replay");
            }
            if (!handler.wantsMore()) {
                return next;
            }
            if (row.record() == null) {
                handler.gap(Gap.of(0, row.id(), row.id() + 1, GapReason.TOO_LARGE));
            } else {
                handler.record(row.record());
            }
            next = row.id() + 1;
        }
        return page.last() ? until : next;
    }

    @Override
    public PositionVector firstSince(long timestamp, PositionVector otherwise)
            throws HistoryException, InterruptedException {
        return ask((open, life) -> {
            Long id = open.since(timestamp);
            return TableLife.place(id == null ? otherwise.next(0) : Math.min(id, otherwise.next(0)));
        });
    }

    @Override
    public PositionVector beginning(PositionVector otherwise, int partitions)
            throws HistoryException, InterruptedException {
        return ask((open, life) -> TableLife.place(Math.min(life.oldest(), otherwise.next(0))));
    }

    private void checkEpoch(TableLife life) throws HistoryException {
        String live = liveEpoch.get();
        if (live != null && !live.equals(life.epoch())) {
            throw new HistoryException(
                    HistoryException.Reason.TRUNCATED,
                    "Table '" + table + "' was made again and no longer has these rows",
                    new IllegalStateException("another epoch"));
        }
    }

    private <T> T ask(Question<T> question) throws HistoryException, InterruptedException {
        try {
            TableConnection open = connection;
            if (open == null) {
                open = opener.open();
                connection = open;
            }
            return question.ask(open, open.life());
        } catch (TableException e) {
            close();
            throw new HistoryException(HistoryException.Reason.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        } catch (SQLException e) {
            close();
            throw new HistoryException(HistoryException.Reason.UNAVAILABLE, PostgresErrors.sentence(table, e), e);
        }
    }

    @Override
    public void close() {
        TableConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
