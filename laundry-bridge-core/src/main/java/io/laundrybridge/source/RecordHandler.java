package io.laundrybridge.source;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;

/**
 * Takes what a source reads. Calls come on one thread at a time, in this order: {@link #opened}, then records, gaps and
 * {@link #batchEnd}, {@link #live} once (again after a reset), in between {@link #stale} and {@link #fresh};
 * {@link #reset} starts over like {@code opened}. {@link #stale} may come before {@code opened}: the source is not
 * there yet.
 */
public interface RecordHandler {

    /**
     * Reading begins as {@code start} says.
     *
     * @param start where reading begins
     */
    void opened(StreamStart start);

    /**
     * One record. Offsets of a partition ascend; one that was handed over never comes again before a reset.
     *
     * <p>A handler that throws gets no further records: the source calls {@link #failed} with what was thrown and ends
     * the reading of this handler, other handlers go on.
     *
     * @param record the record
     * @throws io.laundrybridge.error.RetriableDecodeException if the handler cannot take the record now. It gets
     *     {@link #stale} with the message, and gets the same record again after a while, before anything else; other
     *     handlers go on
     */
    void record(SourceRecord record);

    /**
     * The source had to skip records; comes in the partition's order.
     *
     * @param gap the gap
     */
    void gap(Gap gap);

    /**
     * Everything that was ready has been handed over; readers of the channel may be woken now.
     *
     * @param progress the place of the source, past holes that carry no records
     */
    void batchEnd(PositionVector progress);

    /**
     * Time has passed, whether something came or not. Sources that have a thread which wakes by itself call it at least
     * once a second; others never do.
     */
    default void timePassed() {}

    /** All that the stream held when reading began has been handed over. */
    void live();

    /**
     * The source is behind or cannot be reached; {@code reason} is one sentence without addresses or secrets.
     *
     * @param reason why, in one sentence without addresses or secrets
     */
    void stale(String reason);

    /**
     * As {@link #stale}, for a reason that passes by itself, such as a partition's leader that moves: no operator has
     * to do anything about it. By default it calls {@code stale}.
     *
     * @param reason why, in one sentence without addresses or secrets
     */
    default void behind(String reason) {
        stale(reason);
    }

    /** The source is well again. */
    void fresh();

    /**
     * What was handed over is void, for example because the topic was made again; reading starts over.
     *
     * @param reason why what was handed over is void
     * @param start where reading begins
     */
    void reset(ResetReason reason, StreamStart start);

    /**
     * The source gave up on this handler; nothing follows.
     *
     * @param cause what was thrown
     */
    void failed(Throwable cause);
}
