package io.laundrybridge.event;

import org.jspecify.annotations.Nullable;

/**
 * Turns a record's value into an object, for example through a schema registry.
 *
 * <p><b>Threads.</b> Called on the source's thread as records come, and on the threads of {@code Replays} for what is read
 * again, at the same time: it must be thread-safe and depend on its record only. While it runs nothing else of the source
 * is read, so it must not block for long. What a schema registry answered belongs into a cache.
 */
@FunctionalInterface
public interface ValueDecoder<T> {

    /**
     * The object that {@code record}'s value writes; null reads as a deletion. Not called for records without a value.
     *
     * @throws io.laundrybridge.error.RetriableDecodeException if another try may succeed, because something is away that
     *     the decoder needs: the channel is stale and waits, and no record is lost
     * @throws Exception if the value cannot be decoded; with any other exception or error the record is treated by the
     *     channel's policy for undecodable records
     */
    @Nullable T decode(SourceRecord record) throws Exception;
}
