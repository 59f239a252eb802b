package io.laundrybridge.source.kafka;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.source.HandlerPlace;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.StreamStart;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handler of the topic and its state: waiting for its start, reading, or gone because it was closed or has thrown.
 * Confined to the poll thread, except {@link #close} and {@link #awaitGone}.
 */
final class Attachment {
    private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);

    private final ReadRequest request;
    private final HandlerPlace place;
    private final LongSupplier nanoTime;
    private final RateLimitedLog retries;
    private final CountDownLatch gone = new CountDownLatch(1);

    /** Null while the handler reads. */
    private @Nullable PendingStart start = PendingStart.FIRST;

    private @Nullable Hold hold;
    private StaleCause.@Nullable Kind told;

    Attachment(ReadRequest request, RecordHandler handler) {
        this.request = request;
        this.place = new HandlerPlace(request.channel(), handler);
        this.nanoTime = request.services().nanoTime();
        this.retries = new RateLimitedLog(LOG, nanoTime);
    }

    Duration history() {
        return request.history();
    }

    boolean isWaiting() {
        return start != null && !place.isClosed();
    }

    boolean isReading() {
        return start == null && !place.isClosed();
    }

    /** Returns whether records may be handed over: the handler reads, and no record is held. */
    boolean takes() {
        Hold held = hold;
        return isReading() && (held == null || held.isOver());
    }

    /** Returns whether the handler holds a record that it cannot take now. */
    boolean holds() {
        return hold != null && !place.isClosed();
    }

    HandlerPlace place() {
        return place;
    }

    /** Begins or starts over at the places that {@code offsets} name. Waits on if its history is not among them. */
    void begin(TopicOffsets offsets) {
        PendingStart pending = start;
        PositionVector from = pending == null ? null : pending.place(offsets, history());
        if (pending == null || from == null) {
            return;
        }
        start = null;
        hold = null;
        StreamStart begins =
                new StreamStart(offsets.topic().epoch(), offsets.beginning(), from, offsets.deletionsKept());
        if (pending.reason() == null) {
            place.begin(begins, offsets.end());
        } else {
            place.beginAgain(pending.reason(), begins, offsets.end());
        }
        place.announceLive();
    }

    /**
     * Waits for a new start because what was handed over is void. That is everything, or the records at or above the
     * offsets in {@code voidFrom}. A handler that has not come so far keeps its place.
     */
    void startOver(ResetReason reason, Map<Integer, Long> voidFrom) {
        boolean again = start != null && start.reason() != null && reason == ResetReason.EPOCH;
        if (again || (isReading() && (reason == ResetReason.EPOCH || place.isBeyond(voidFrom)))) {
            hold = null;
            start = new PendingStart(reason, voidFrom);
        }
    }

    void record(SourceRecord record) {
        if (takes() && record.offset() >= place.next(record.partition())) {
            take(record);
        }
    }

    private void take(SourceRecord record) {
        try {
            place.record(record);
        } catch (RetriableDecodeException e) {
            hold(record, e);
        }
    }

    private void hold(SourceRecord record, RetriableDecodeException why) {
        retries.warn(
                "Channel '" + request.channel() + "' waits at partition " + record.partition() + " offset "
                        + record.offset() + ", which cannot be decoded now",
                why);
        Hold held = hold;
        if (held == null) {
            hold = new Hold(record, why, nanoTime.getAsLong());
        } else {
            held.failed(record, why, nanoTime.getAsLong());
        }
    }

    /**
     * Tries the held record once more if its pause is over.
     *
     * @return whether reading goes on behind the record
     */
    boolean retry() {
        Hold held = hold;
        if (held == null || !isReading() || !held.due(nanoTime.getAsLong())) {
            return false;
        }
        held.taken();
        take(held.record());
        return held.isOver();
    }

    /** Moves the handler to {@code next}: the source has passed everything below it, holes included. */
    void passed(int partition, long next, int epoch) {
        if (takes()) {
            place.passed(partition, next, epoch);
        }
    }

    /**
     * Moves the handler to {@code next}: records below it cannot be had. This is a gap if the handler missed some of
     * them.
     */
    void lost(int partition, long next, GapReason reason) {
        if (takes()) {
            place.lost(partition, next, reason);
        }
    }

    /** Ends a batch: everything that was ready has been handed over. */
    void batchEnd() {
        if (isReading() && place.hasMoved()) {
            hold = takes() ? null : hold;
            place.batchEnd();
            place.announceLive();
        }
    }

    /**
     * Reports what is wrong, or null for nothing, if that has changed. A handler that waits for its start is never
     * well.
     */
    void tell(@Nullable StaleCause ofSource) {
        StaleCause cause = ofSource == null && hold != null ? hold.cause() : ofSource;
        if (cause == null && told != null && start == null) {
            told = null;
            place.call(RecordHandler::fresh);
        } else if (cause != null && cause.kind() != told) {
            told = cause.kind();
            place.call(handler -> tell(handler, cause));
        }
    }

    private static void tell(RecordHandler handler, StaleCause cause) {
        if (cause.passes()) {
            handler.behind(cause.sentence());
        } else {
            handler.stale(cause.sentence());
        }
    }

    void timePassed() {
        if (isReading()) {
            place.call(RecordHandler::timePassed);
        }
    }

    /** Gives this handler up. */
    void fail(Throwable cause) {
        place.fail(cause);
    }

    /** Ends the calls of the handler, except one under way. Any thread. */
    void close() {
        place.close();
    }

    boolean isClosed() {
        return place.isClosed();
    }

    /** Marks this closed attachment as released by the poll thread. */
    void letGo() {
        gone.countDown();
    }

    /** Waits until no call is under way. Any thread but the poll thread. */
    void awaitGone(long nanos) throws InterruptedException {
        gone.await(nanos, TimeUnit.NANOSECONDS);
    }
}
