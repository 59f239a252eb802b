package io.laundrybridge.encode;

import io.laundrybridge.event.SourceRecord;

/** Decides which records a channel shows. Called on the source's thread and on the threads of replays. */
@FunctionalInterface
interface RecordFilter {

    /** Returns whether {@code record} is shown. */
    boolean keeps(SourceRecord record) throws Exception;

    /** Returns the filter of records that this one and {@code next} keep. */
    default RecordFilter and(RecordFilter next) {
        return record -> keeps(record) && next.keeps(record);
    }
}
