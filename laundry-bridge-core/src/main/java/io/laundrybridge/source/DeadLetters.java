package io.laundrybridge.source;

import io.laundrybridge.event.SourceRecord;

/** Takes records that could not be decoded. */
public interface DeadLetters {

    /**
     * Writes {@code record} away with the reason. Called on the source's thread; must not block it longer than a
     * second. A record that cannot be written is counted and logged, never thrown.
     *
     * @param record the record
     * @param reason why it could not be decoded
     */
    void write(SourceRecord record, String reason);
}
