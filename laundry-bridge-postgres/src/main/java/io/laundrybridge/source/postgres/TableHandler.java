package io.laundrybridge.source.postgres;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.host.Meter;
import io.laundrybridge.source.HandlerPlace;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.StreamStart;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One handler of the table and its state. Confined to the source's thread, except {@link #close}. */
final class TableHandler {
    private static final Logger LOG = LoggerFactory.getLogger(TableHandler.class);
    private static final int PARTITION = 0;

    private final ReadRequest request;
    private final HandlerPlace place;
    private final Pause pause = new Pause();
    private final ReentrantLock calling = new ReentrantLock();
    private boolean begun;
    private @Nullable ResetReason again;
    /** Whether rows may have been deleted since this handler read the last one. */
    private boolean unwatched = true;

    private @Nullable String held;
    private @Nullable String told;

    TableHandler(ReadRequest request, RecordHandler handler) {
        this.request = request;
        this.place = new HandlerPlace(request.channel(), handler);
    }

    boolean isGone() {
        return place.isClosed();
    }

    boolean waitsForStart() {
        return !begun && !place.isClosed();
    }

    /** Returns whether rows may be handed over at {@code nanos}. */
    boolean takes(long nanos) {
        return begun && !place.isClosed() && !pause.lasts(nanos);
    }

    /** Returns whether a record waits because it cannot be decoded now. */
    boolean holds() {
        return held != null;
    }

    long next() {
        return place.next(PARTITION);
    }

    /** Returns the earliest time of the history that this handler wants, in milliseconds since 1970; -1 for all. */
    long oldestMillis() {
        long now = request.services().clock().millis();
        return request.history().toSeconds() >= now / 1_000
                ? -1
                : now - request.history().toMillis();
    }

    boolean wantsHistory() {
        return !request.history().isZero();
    }

    /** Begins, or begins again, at {@code from}; every row below {@code end} is history. */
    void begin(TableLife life, long from, long end) {
        StreamStart start =
                new StreamStart(life.epoch(), TableLife.place(Math.min(life.oldest(), from)), TableLife.place(from));
        ResetReason reason = again;
        begun = true;
        unwatched = true;
        again = null;
        held = null;
        pause.reset();
        call(() -> {
            if (reason == null) {
                place.begin(start, TableLife.place(end));
            } else {
                place.beginAgain(reason, start, TableLife.place(end));
            }
        });
    }

    /** Starts over at the next {@link #begin}, because what was handed over is void. */
    void beginAgain(ResetReason reason) {
        if (begun) {
            begun = false;
            again = reason;
        }
    }

    /** Notes that rows may come and go unseen from now on. */
    void unwatched() {
        unwatched = true;
    }

    /**
     * Hands over the rows of {@code page}, which begins at this handler's place.
     *
     * @param settled the id below which no row can appear any more
     */
    void take(TablePage page, TableLife life, long settled, long nanos) {
        call(() -> {
            passDeleted(page, life, settled);
            boolean all = takeRows(page, nanos);
            if (all && page.last()) {
                place.passed(PARTITION, settled, PositionVector.NO_EPOCH);
                unwatched = false;
            }
            place.batchEnd();
            if (all) {
                recovered();
            }
            place.announceLive();
        });
    }

    /** Reports the rows between this place and the oldest row of the table, if some may have been deleted unseen. */
    private void passDeleted(TablePage page, TableLife life, long settled) {
        if (!unwatched) {
            return;
        }
        if (!page.rows().isEmpty()) {
            long first = page.rows().get(0).id();
            if (first <= life.oldest()) {
                place.lost(PARTITION, first, GapReason.RETENTION);
            }
        } else if (page.last()) {
            place.lost(PARTITION, Math.min(settled, life.oldest()), GapReason.RETENTION);
        }
    }

    private boolean takeRows(TablePage page, long nanos) {
        for (TablePage.Row row : page.rows()) {
            if (place.isClosed()) {
                return false;
            }
            if (row.id() < next()) {
                continue;
            }
            if (row.record() == null) {
                request.services().telemetry().add(Meter.TOO_LARGE, request.channel(), 1);
                place.passed(PARTITION, row.id(), PositionVector.NO_EPOCH);
                place.lost(PARTITION, row.id() + 1, GapReason.TOO_LARGE);
                continue;
            }
            try {
                place.record(row.record());
            } catch (RetriableDecodeException e) {
                LOG.debug("A row cannot be decoded now", e);
                hold(String.valueOf(e.getMessage()), nanos);
                return false;
            }
        }
        return true;
    }

    private void hold(String reason, long nanos) {
        held = reason;
        unwatched = true;
        pause.begin(nanos);
        tell(reason, false);
    }

    private void recovered() {
        held = null;
        pause.reset();
    }

    /** Says that reading is behind for {@code reason}; a passing one needs no operator. */
    void stale(String reason, boolean passes) {
        call(() -> tell(reason, passes));
    }

    private void tell(String reason, boolean passes) {
        if (!reason.equals(told)) {
            told = reason;
            place.call(handler -> {
                if (passes) {
                    handler.behind(reason);
                } else {
                    handler.stale(reason);
                }
            });
        }
    }

    /** Says that reading is up to date, unless a record is held. */
    void fresh() {
        if (told == null) {
            return;
        }
        if (held == null) {
            told = null;
            call(() -> place.call(RecordHandler::fresh));
        } else {
            stale(held, false);
        }
    }

    void timePassed() {
        call(() -> place.call(RecordHandler::timePassed));
    }

    void fail(Throwable cause) {
        call(() -> place.fail(cause));
    }

    private void call(Runnable calls) {
        calling.lock();
        try {
            calls.run();
        } finally {
            calling.unlock();
        }
    }

    /** Ends the calls; waits for one under way, at most {@code nanos}. Any thread. */
    void close(long nanos) throws InterruptedException {
        place.close();
        if (calling.tryLock(nanos, TimeUnit.NANOSECONDS)) {
            calling.unlock();
        }
    }
}
