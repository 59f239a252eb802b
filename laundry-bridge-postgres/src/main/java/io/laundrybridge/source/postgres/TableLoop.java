package io.laundrybridge.source.postgres;

import io.laundrybridge.event.ResetReason;
import io.laundrybridge.host.HostServices;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the table for all handlers, on one thread with one connection. It reads after each notification, and once per
 * second without one; if the connection ends, it makes another after a pause.
 */
final class TableLoop {
    private static final Logger LOG = LoggerFactory.getLogger(TableLoop.class);
    private static final long CLOSE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long BEAT_NANOS = Duration.ofMillis(500).toNanos();
    private static final int SLICE_MILLIS = 50;

    /** How long open transactions may hold rows back before the handlers are told. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private final String table;
    private final PostgresSource.Opener opener;
    private final Consumer<String> seenEpoch;
    private final Thread thread;
    private final List<TableHandler> handlers = new CopyOnWriteArrayList<>();
    private volatile boolean ended;
    private volatile boolean wanted;
    private volatile @Nullable TableConnection current;

    // Confined to the thread.
    private final OpenWriters writers = new OpenWriters();
    private final Pause pause = new Pause();
    private @Nullable TableLife life;
    private long waitingSince = System.nanoTime();
    private long beatAt;

    TableLoop(String table, PostgresSource.Opener opener, Consumer<String> seenEpoch, HostServices services) {
        this.table = table;
        this.opener = opener;
        this.seenEpoch = seenEpoch;
        this.thread = services.thread(table + "-source", this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Adds a handler.
     *
     * @return false if the loop has ended
     */
    synchronized boolean attach(TableHandler handler) {
        if (ended) {
            return false;
        }
        handlers.add(handler);
        wanted = true;
        return true;
    }

    /** Removes a handler, and ends the thread if it was the last. */
    void detach(TableHandler handler) {
        long deadline = nanos() + CLOSE_NANOS;
        try {
            handler.close(CLOSE_NANOS);
            if (remove(handler) && Thread.currentThread() != thread) {
                TableConnection open = current;
                if (open != null) {
                    open.abort();
                }
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - nanos())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean remove(TableHandler handler) {
        handlers.remove(handler);
        ended |= handlers.isEmpty();
        return ended;
    }

    private void run() {
        beatAt = nanos();
        try {
            while (!ended) {
                serveOneConnection();
                rest();
            }
        } catch (InterruptedException e) {
            handlers.forEach(handler -> handler.fail(e));
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error broken) {
            LOG.error("Reading table '{}' failed; its channels get no more records", table, broken);
            handlers.forEach(handler -> handler.fail(broken));
        } finally {
            ended = true;
        }
    }

    private void serveOneConnection() {
        try (TableConnection connection = opener.open()) {
            current = connection;
            connection.listen();
            while (!ended) {
                boolean waits = cycle(connection);
                pause.reset();
                awaitWork(connection, waits);
            }
        } catch (TableException e) {
            lost(String.valueOf(e.getMessage()), e);
        } catch (SQLException e) {
            lost(PostgresErrors.sentence(table, e), e);
        } finally {
            current = null;
        }
    }

    private void lost(String sentence, Exception cause) {
        if (!ended) {
            LOG.debug("Table '{}' cannot be read now", table, cause);
            for (TableHandler handler : handlers) {
                handler.unwatched();
                handler.stale(sentence, false);
            }
        }
    }

    /** Waits before the next connection is made. */
    private void rest() throws InterruptedException {
        pause.begin(nanos());
        while (!ended && pause.lasts(nanos())) {
            TimeUnit.MILLISECONDS.sleep(SLICE_MILLIS);
            beat();
        }
    }

    /**
     * Reads for each handler until nothing is ready.
     *
     * @return whether rows wait for open transactions
     */
    private boolean cycle(TableConnection connection) throws SQLException, TableException {
        boolean ready = true;
        boolean waits = false;
        while (ready && !ended) {
            wanted = false;
            ready = false;
            TableLife now = look(connection);
            waits = begin(connection, now);
            for (Map.Entry<Long, List<TableHandler>> place : places().entrySet()) {
                TablePage page = connection.page(place.getKey(), writers.settled());
                place.getValue().forEach(handler -> handler.take(page, now, writers.settled(), nanos()));
                if (page.stoppedAtHole()) {
                    writers.settle(connection, now, Math.max(now.end(), page.hole()));
                    boolean open = page.hole() > writers.settled();
                    waits |= open;
                    ready |= !open;
                } else {
                    ready |= !page.last();
                }
            }
            handlers.removeIf(TableHandler::isGone);
            beat();
        }
        report(waits);
        return waits;
    }

    /** Looks at the table; everything begins again if it has begun another life, or lost ids that were handed over. */
    private TableLife look(TableConnection connection) throws SQLException, TableException {
        TableLife now = connection.life();
        TableLife before = life;
        life = now;
        seenEpoch.accept(now.epoch());
        if (before != null && !before.epoch().equals(now.epoch())) {
            writers.clear();
            handlers.forEach(handler -> handler.beginAgain(ResetReason.EPOCH));
        } else if (before != null && now.end() < before.end()) {
            writers.clear();
            handlers.forEach(handler -> handler.beginAgain(ResetReason.TRUNCATED));
        }
        return now;
    }

    /**
     * Begins for the handlers that wait for their start.
     *
     * @return whether the start waits for open transactions
     */
    private boolean begin(TableConnection connection, TableLife now) throws SQLException, TableException {
        List<TableHandler> waiting =
                handlers.stream().filter(TableHandler::waitsForStart).toList();
        if (waiting.isEmpty()) {
            return false;
        }
        if (!writers.settle(connection, now, now.end())) {
            return true;
        }
        long end = writers.settled();
        TableLife seen = connection.life(); // rows that were open at the first look can be seen now
        if (!seen.epoch().equals(now.epoch())) {
            return true;
        }
        for (TableHandler handler : waiting) {
            handler.begin(seen, start(connection, handler, Math.min(seen.oldest(), end), end), end);
        }
        return false;
    }

    private static long start(TableConnection connection, TableHandler handler, long oldest, long end)
            throws SQLException {
        if (!handler.wantsHistory()) {
            return end;
        }
        long millis = handler.oldestMillis();
        if (millis < 0) {
            return oldest;
        }
        Long since = connection.since(millis);
        return since == null ? end : Math.min(since, end);
    }

    private Map<Long, List<TableHandler>> places() {
        Map<Long, List<TableHandler>> places = new TreeMap<>();
        for (TableHandler handler : handlers) {
            if (handler.takes(nanos())) {
                places.computeIfAbsent(handler.next(), at -> new CopyOnWriteArrayList<>())
                        .add(handler);
            }
        }
        return places;
    }

    private void report(boolean waits) {
        waitingSince = waits ? waitingSince : nanos();
        boolean isLong = nanos() - waitingSince >= PATIENCE_NANOS;
        for (TableHandler handler : handlers) {
            if (isLong) {
                handler.stale(
                        "A transaction that writes to table '" + table
                                + "' has been open for long; rows that were written after it began wait until it ends",
                        true);
            } else {
                handler.fresh();
            }
        }
    }

    private void awaitWork(TableConnection connection, boolean waits) throws SQLException {
        long until = nanos() + (waits ? TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS) : LOOK_NANOS);
        do {
            if (connection.isNotified(SLICE_MILLIS)) {
                return;
            }
            beat();
        } while (!ended && !wanted && !retriesNow() && nanos() - until < 0);
    }

    /** Returns whether a record that could not be decoded is to be tried again. */
    private boolean retriesNow() {
        return handlers.stream().anyMatch(handler -> handler.holds() && handler.takes(nanos()));
    }

    private void beat() {
        if (nanos() - beatAt >= BEAT_NANOS) {
            beatAt = nanos();
            handlers.forEach(TableHandler::timePassed);
        }
    }

    private static long nanos() {
        return System.nanoTime();
    }
}
