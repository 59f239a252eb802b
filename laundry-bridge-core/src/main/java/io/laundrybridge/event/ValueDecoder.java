package io.laundrybridge.event;

import org.jspecify.annotations.Nullable;

/**
 * Turns a record's value into an object, for example through a schema registry.
 *
 * <p><b>Threads.</b> Called on the source's thread for new records, and on the threads of {@code Replays} for replayed
 * records, at the same time. So it must be thread-safe and depend on its record only. While it runs, the source reads
 * nothing else, so it must not block for long. Answers of a schema registry belong into a cache.
 */
@FunctionalInterface
public interface ValueDecoder<T> {

    /**
     * {@return the object in {@code record}'s value; null means a deletion} Not called for records without a value.
     *
     * @param record the record
     * @throws io.laundrybridge.error.RetriableDecodeException if another try may succeed, because the decoder needs
     *     something that is away. The channel is stale and waits, and no record is lost
     * @throws Exception if the value cannot be decoded. After any other exception or error, the channel's policy
     *     for undecodable records applies
     */
    @Nullable T decode(SourceRecord record) throws Exception;
}
