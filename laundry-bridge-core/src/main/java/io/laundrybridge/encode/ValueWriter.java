package io.laundrybridge.encode;

import io.laundrybridge.event.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Writes a record's value as one line of JSON. Called only for records that have a value. Not thread-safe. */
interface ValueWriter {

    /**
     * Appends the value to {@code out}, without line ends.
     *
     * @return the value as plain clients get it, if that differs from what was appended; else null
     */
    byte @Nullable [] write(SourceRecord record, byte[] value, LineBuffer out) throws UndecodableException;
}
