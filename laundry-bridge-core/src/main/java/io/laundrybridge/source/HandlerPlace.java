package io.laundrybridge.source;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handler and its place in a stream, partition by partition. It calls the handler as {@link RecordHandler}
 * promises. Records ascend, {@code live} comes once per start, a handler that throws fails once, and nothing follows
 * its failure or {@link #close}. For sources of any kind. Confined to the source's thread, except {@link #close} and
 * {@link #isClosed}.
 */
public final class HandlerPlace {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerPlace.class);

    private final String channel;
    private final RecordHandler handler;
    private final Progress progress = new Progress();
    private @Nullable PositionVector liveAt;
    private boolean moved;
    private volatile boolean closed;

    /**
     * Makes a place without a start; {@code channel} names it in logs.
     *
     * @param channel names the handler in logs
     * @param handler is called
     */
    public HandlerPlace(String channel, RecordHandler handler) {
        this.channel = channel;
        this.handler = handler;
    }

    /**
     * Begins at {@code start}; the handler is live once it has come as far as {@code end}.
     *
     * @param start where reading begins
     * @param end the place from which on the handler is live
     */
    public void begin(StreamStart start, PositionVector end) {
        standAt(start, end);
        call(opened -> opened.opened(start));
    }

    /**
     * Begins again at {@code start}, because what was handed over is void.
     *
     * @param reason why what was handed over is void
     * @param start where reading begins
     * @param end the place from which on the handler is live
     */
    public void beginAgain(ResetReason reason, StreamStart start, PositionVector end) {
        standAt(start, end);
        call(reset -> reset.reset(reason, start));
    }

    private void standAt(StreamStart start, PositionVector end) {
        progress.set(start.start());
        liveAt = end;
    }

    /**
     * {@return the next offset to hand over in {@code partition}}
     *
     * @param partition the partition, from 0
     */
    public long next(int partition) {
        return progress.next(partition);
    }

    /**
     * {@return the leader epoch of the record before {@link #next}, or {@link PositionVector#NO_EPOCH}}
     *
     * @param partition the partition, from 0
     */
    public int epoch(int partition) {
        return progress.epoch(partition);
    }

    /**
     * Adds partitions that the stream got; they begin at offset 0.
     *
     * @param partitions how many partitions there are
     */
    public void grow(int partitions) {
        progress.grow(partitions);
    }

    /**
     * {@return whether a partition is beyond its offset in {@code offsets}}
     *
     * @param offsets an offset by partition
     */
    public boolean isBeyond(Map<Integer, Long> offsets) {
        return progress.isBeyond(offsets);
    }

    /**
     * Hands over a record and moves behind it.
     *
     * @param record the record
     * @throws RetriableDecodeException if the handler cannot take the record now; the place is before it
     */
    public void record(SourceRecord record) {
        if (closed) {
            return;
        }
        try {
            handler.record(record);
            moved |= progress.advance(record.partition(), record.offset() + 1, record.leaderEpoch());
        } catch (RetriableDecodeException notNow) {
            throw notNow;
        } catch (Throwable thrown) {
            threw(thrown);
        }
    }

    /**
     * Moves to {@code next}: the source has passed everything below it, holes included.
     *
     * @param partition the partition, from 0
     * @param next the offset to read next
     * @param epoch the leader epoch of the record before {@code next}, or {@link PositionVector#NO_EPOCH}
     */
    public void passed(int partition, long next, int epoch) {
        moved |= progress.advance(partition, next, epoch);
    }

    /**
     * Moves to {@code next}, because the records below it cannot be had. This is a gap if the handler missed some of
     * them.
     *
     * @param partition the partition, from 0
     * @param next the offset to read next
     * @param reason why they cannot be had
     */
    public void lost(int partition, long next, GapReason reason) {
        long from = progress.next(partition);
        int epoch = progress.epoch(partition);
        if (progress.advance(partition, next, PositionVector.NO_EPOCH)) {
            moved = true;
            call(told -> told.gap(new Gap(partition, from, epoch, next, PositionVector.NO_EPOCH, reason)));
        }
    }

    /** {@return whether the place has moved since the last {@link #batchEnd}} */
    public boolean hasMoved() {
        return moved;
    }

    /**
     * Ends a batch, because everything that was ready has been handed over. Calls the handler if the place has moved.
     */
    public void batchEnd() {
        if (moved) {
            moved = false;
            PositionVector place = progress.vector();
            call(told -> told.batchEnd(place));
        }
    }

    /** Calls {@code live} if the handler has come to the end that its start named, once per start. */
    public void announceLive() {
        PositionVector goal = liveAt;
        if (goal != null && progress.reaches(goal)) {
            liveAt = null;
            call(RecordHandler::live);
        }
    }

    /**
     * Makes any other call of the handler, unless it is closed. If the handler throws, it fails.
     *
     * @param message the call
     */
    public void call(Consumer<RecordHandler> message) {
        if (closed) {
            return;
        }
        try {
            message.accept(handler);
        } catch (Throwable thrown) {
            threw(thrown);
        }
    }

    private void threw(Throwable thrown) {
        LOG.error("Channel '{}' threw and gets no more records from its source", channel, thrown);
        fail(thrown);
    }

    /**
     * Gives the handler up and calls its {@code failed} once, unless it is closed.
     *
     * @param cause why
     */
    public void fail(Throwable cause) {
        if (!closed) {
            closed = true;
            try {
                handler.failed(cause);
            } catch (Throwable alsoThrown) {
                LOG.warn("Channel '{}' threw when it was notified that its source failed", channel, alsoThrown);
            }
        }
    }

    /** Ends the calls of the handler, except one under way. Any thread. */
    public void close() {
        closed = true;
    }

    /** {@return whether the handler was closed or has failed, so that it is not called any more} Any thread. */
    public boolean isClosed() {
        return closed;
    }
}
