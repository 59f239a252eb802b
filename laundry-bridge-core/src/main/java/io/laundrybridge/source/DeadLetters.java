package io.laundrybridge.source;

import io.laundrybridge.event.SourceRecord;

/** Receives records that could not be decoded. */
public interface DeadLetters {

    /**
     * Stores {@code record} with the reason. Called on the source's thread; must not block it longer than a second. A
     * record that cannot be stored is counted and logged, never thrown.
     *
     * @param record the record
     * @param reason why it could not be decoded
     */
    void write(SourceRecord record, String reason);
}
