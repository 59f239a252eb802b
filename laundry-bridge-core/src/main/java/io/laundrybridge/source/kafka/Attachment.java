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
 * One handler of the topic. It waits for its start, is read to, perhaps starts over, and is gone once it was closed or
 * its handler threw. Confined to the poll thread, {@link #close} and {@link #awaitGone} aside.
 */
final class Attachment {
    private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);

    private final ReadRequest request;
    private final HandlerPlace place;
    private final LongSupplier nanoTime;
    private final RateLimitedLog retries;
    private final CountDownLatch gone = new CountDownLatch(1);

    /** Null while it is read to. */
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

    /** Returns whether records may be handed over: it is being read to, and no record is held. */
    boolean takes() {
        Hold held = hold;
        return isReading() && (held == null || held.isOver());
    }

    HandlerPlace place() {
        return place;
    }

    /** Begins reading, or starts over, where {@code offsets} say; waits on if they do not tell its history. */
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
     * Waits for a new start, because what was handed over is void: all of it, or in each partition of {@code voidFrom}
     * the records at or above that offset. A handler that has not come so far stays at its place.
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

    /** Tries the record that is held once more, if its pause is over; whether reading goes on behind it. */
    boolean retry() {
        Hold held = hold;
        if (held == null || !isReading() || !held.due(nanoTime.getAsLong())) {
            return false;
        }
        held.taken();
        take(held.record());
        return held.isOver();
    }

    /** The source has passed everything below {@code next}, holes included. */
    void passed(int partition, long next, int epoch) {
        if (takes()) {
            place.passed(partition, next, epoch);
        }
    }

    /** Records below {@code next} cannot be had; a gap, if this handler still missed some of them. */
    void lost(int partition, long next, GapReason reason) {
        if (takes()) {
            place.lost(partition, next, reason);
        }
    }

    /** Everything that was ready has been handed over. */
    void batchEnd() {
        if (isReading() && place.hasMoved()) {
            hold = takes() ? null : hold;
            place.batchEnd();
            place.announceLive();
        }
    }

    /** Tells what is wrong, or null for nothing, where that is news. One that waits is never well. */
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

    /** Any thread: the handler is not called any more, a call that is under way aside. */
    void close() {
        place.close();
    }

    boolean isClosed() {
        return place.isClosed();
    }

    /** The poll thread has let go of this closed attachment. */
    void letGo() {
        gone.countDown();
    }

    /** Any thread but the poll thread: waits until no call is under way. */
    void awaitGone(long nanos) throws InterruptedException {
        gone.await(nanos, TimeUnit.NANOSECONDS);
    }
}
