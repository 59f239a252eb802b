package io.laundrybridge.source;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.SourceRecord;

/** Receives what a {@link HistoryReader} reads, on the thread that called the reader. */
public interface HistoryHandler {

    /**
     * Receives a record; offsets of a partition ascend.
     *
     * @param record the record
     */
    void record(SourceRecord record);

    /**
     * Receives a range of records that the stream no longer has, in the partition's order.
     *
     * @param gap the gap
     */
    void gap(Gap gap);

    /** {@return whether more is wanted; asked after every few records} */
    boolean wantsMore();
}
