package io.laundrybridge.source;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.SourceRecord;

/** Takes what a {@link HistoryReader} reads, on the thread that asked it to. */
public interface HistoryHandler {

    /**
     * One record; offsets of a partition ascend.
     *
     * @param record the record
     */
    void record(SourceRecord record);

    /**
     * The stream no longer has these records; comes in the partition's order.
     *
     * @param gap the gap
     */
    void gap(Gap gap);

    /** {@return whether more is wanted; asked after every few records} */
    boolean wantsMore();
}
