package io.laundrybridge.source.kafka;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.StreamStart;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handler and its own place in the topic. It waits for its start, is read to, perhaps starts over, and is gone once
 * it was closed or its handler threw. Confined to the poll thread, {@link #close} and {@link #awaitGone} aside.
 */
final class Attachment {
    private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);

    private final ReadRequest request;
    private final RecordHandler handler;
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile boolean closed;

    private final Progress progress = new Progress();
    private final LongSupplier nanoTime;
    private final RateLimitedLog retries;
    private @Nullable Hold hold;
    private boolean waiting = true;
    private boolean moved;
    private @Nullable PositionVector liveAt;
    private @Nullable ResetReason startsOver;
    private Map<Integer, Long> floors = Map.of();
    private StaleCause.@Nullable Kind told;

    Attachment(ReadRequest request, RecordHandler handler) {
        this.request = request;
        this.handler = handler;
        this.nanoTime = request.services().nanoTime();
        this.retries = new RateLimitedLog(LOG, nanoTime);
    }

    Duration history() {
        return request.history();
    }

    boolean isWaiting() {
        return waiting && !closed;
    }

    boolean isReading() {
        return !waiting && !closed;
    }

    /** Whether records may be handed over: it is being read to, and no record is held. */
    boolean takes() {
        Hold held = hold;
        return isReading() && (held == null || held.isOver());
    }

    Progress progress() {
        return progress;
    }

    /** Begins reading, or starts over, where {@code offsets} say; waits on if they do not tell its history. */
    void begin(TopicOffsets offsets) {
        PositionVector since = startsOver == ResetReason.EPOCH
                ? offsets.beginning()
                : offsets.since().get(history());
        if (since == null) {
            return;
        }
        PositionVector from = StartPositions.of(since, offsets.beginning(), floors);
        StreamStart start =
                new StreamStart(offsets.topic().epoch(), offsets.beginning(), from, offsets.deletionsKept());
        ResetReason reason = startsOver;
        progress.set(from);
        waiting = false;
        hold = null;
        startsOver = null;
        floors = Map.of();
        liveAt = offsets.end();
        call(told -> {
            if (reason == null) {
                told.opened(start);
            } else {
                told.reset(reason, start);
            }
        });
        announceLive();
    }

    /**
     * Waits for a new start, because what was handed over is void: all of it, or in each partition of {@code voidFrom}
     * what lies at or above that offset. One that has not come so far stays where it is.
     */
    void startOver(ResetReason reason, Map<Integer, Long> voidFrom) {
        boolean again = startsOver != null && reason == ResetReason.EPOCH;
        if (again || (isReading() && (reason == ResetReason.EPOCH || progress.isBeyond(voidFrom)))) {
            waiting = true;
            hold = null;
            startsOver = reason;
            floors = voidFrom;
        }
    }

    void record(SourceRecord record) {
        if (takes() && record.offset() >= progress.next(record.partition())) {
            take(record);
        }
    }

    private void take(SourceRecord record) {
        call(told -> {
            try {
                told.record(record);
                progress.advance(record.partition(), record.offset() + 1, record.leaderEpoch());
                moved = true;
            } catch (RetriableDecodeException e) {
                hold(record, e);
            }
        });
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
        if (takes() && progress.advance(partition, next, epoch)) {
            moved = true;
        }
    }

    /** Records below {@code next} cannot be had; a gap, if this handler still missed some of them. */
    void lost(int partition, long next, GapReason reason) {
        long from = takes() ? progress.next(partition) : next;
        int epoch = takes() ? progress.epoch(partition) : PositionVector.NO_EPOCH;
        if (from < next && progress.advance(partition, next, PositionVector.NO_EPOCH)) {
            moved = true;
            call(told -> told.gap(new Gap(partition, from, epoch, next, PositionVector.NO_EPOCH, reason)));
        }
    }

    /** Everything that was ready has been handed over. */
    void batchEnd() {
        if (moved && isReading()) {
            moved = false;
            hold = takes() ? null : hold;
            PositionVector place = progress.vector();
            call(told -> told.batchEnd(place));
            announceLive();
        }
    }

    private void announceLive() {
        PositionVector goal = liveAt;
        if (goal != null && isReading() && progress.reaches(goal)) {
            liveAt = null;
            call(RecordHandler::live);
        }
    }

    /** Tells what is wrong, or null for nothing, where that is news. One that waits is never well. */
    void tell(@Nullable StaleCause ofSource) {
        StaleCause cause = ofSource == null && hold != null ? hold.cause() : ofSource;
        if (cause == null && told != null && !waiting) {
            told = null;
            call(RecordHandler::fresh);
        } else if (cause != null && cause.kind() != told) {
            told = cause.kind();
            call(handler -> tell(handler, cause));
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
            call(RecordHandler::timePassed);
        }
    }

    /** Gives this handler up. */
    void fail(Throwable cause) {
        if (!closed) {
            closed = true;
            try {
                handler.failed(cause);
            } catch (Throwable alsoThrown) {
                LOG.warn("Channel '{}' threw when it was told that its source failed", request.channel(), alsoThrown);
            }
        }
    }

    /** Any thread: the handler is not called any more, a call that is under way aside. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** The poll thread has let go of this closed attachment. */
    void letGo() {
        gone.countDown();
    }

    /** Any thread but the poll thread: waits until no call is under way. */
    void awaitGone(long nanos) throws InterruptedException {
        gone.await(nanos, TimeUnit.NANOSECONDS);
    }

    private void call(Consumer<RecordHandler> message) {
        if (closed) {
            return;
        }
        try {
            message.accept(handler);
        } catch (Throwable thrown) {
            LOG.error("Channel '{}' threw and gets nothing more from its source", request.channel(), thrown);
            fail(thrown);
        }
    }
}
