package io.laundrybridge.encode;

import io.laundrybridge.event.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns a record's value into an object, for example through a schema registry. Called once a record, on the source's
 * thread; must not block.
 */
@FunctionalInterface
public interface ValueDecoder<T> {

    /**
     * The object that {@code record}'s value writes; null reads as a deletion. Not called for records without a value.
     *
     * @throws Exception if the value cannot be decoded; the record is then treated by the channel's policy
     */
    @Nullable T decode(SourceRecord record) throws Exception;
}
