package io.laundrybridge.event;

import org.jspecify.annotations.Nullable;

/**
 * One event as a callback receives it.
 *
 * @param channel the channel's name
 * @param timestamp milliseconds since 1970 as the record has it
 * @param key the key's text, or null
 * @param value the JSON value as UTF-8, the callback's own copy; JSON's {@code null} for a deletion
 */
public record Event(
        String channel,
        int partition,
        long offset,
        long timestamp,
        @Nullable String key,
        byte[] value) {}
