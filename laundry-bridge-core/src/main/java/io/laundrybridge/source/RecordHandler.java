package io.laundrybridge.source;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;

/**
 * Receives what a source reads. Calls come on one thread at a time. The first is {@link #opened}; records, gaps and
 * {@link #batchEnd} follow, and {@link #live} once per start. {@link #stale} and {@link #fresh} come in between, {@code
 * stale} even before {@code opened} if the stream does not exist yet. {@link #reset} starts over like {@code opened}.
 */
public interface RecordHandler {

    /**
     * Begins reading at {@code start}.
     *
     * @param start where reading begins
     */
    void opened(StreamStart start);

    /**
     * Receives a record. Offsets of a partition ascend; no record comes twice without a reset.
     *
     * <p>A handler that throws gets no further records: the source calls {@link #failed} with what was thrown. Other
     * handlers go on.
     *
     * @param record the record
     * @throws io.laundrybridge.error.RetriableDecodeException if the handler cannot take the record now. It gets {@link
     *     #stale} with the message, and later the same record again before any other; other handlers go on
     */
    void record(SourceRecord record);

    /**
     * Receives a range of records that the source had to skip, in the partition's order.
     *
     * @param gap the gap
     */
    void gap(Gap gap);

    /**
     * Ends a batch: everything that was ready has been handed over. Readers of the channel may be woken now.
     *
     * @param progress the place of the source, past holes
     */
    void batchEnd(PositionVector progress);

    /**
     * Notes that time has passed, with or without records. Sources with a thread that wakes by itself call it at least
     * once per second; others never do.
     */
    default void timePassed() {}

    /** Goes live: everything that the stream held when reading began has been handed over. */
    void live();

    /**
     * Goes stale: the source is behind or cannot be reached.
     *
     * @param reason why, in one sentence without addresses or secrets
     */
    void stale(String reason);

    /**
     * Goes stale as by {@link #stale}, for a reason that passes by itself, such as a partition's leader that moves. No
     * operator has to act. The default calls {@code stale}.
     *
     * @param reason why, in one sentence without addresses or secrets
     */
    default void behind(String reason) {
        stale(reason);
    }

    /** Ends {@link #stale}: the source is up to date again. */
    void fresh();

    /**
     * Starts over, because what was handed over is void, for example because the topic was made again.
     *
     * @param reason why what was handed over is void
     * @param start where reading begins
     */
    void reset(ResetReason reason, StreamStart start);

    /**
     * Ends the reading: the source gave up on this handler, and no call follows.
     *
     * @param cause what was thrown
     */
    void failed(Throwable cause);
}
