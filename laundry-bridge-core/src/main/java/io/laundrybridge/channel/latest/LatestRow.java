package io.laundrybridge.channel.latest;

import io.laundrybridge.encode.EventLine;

/**
 * The newest event of a key.
 *
 * @param partition where the event came from
 * @param offset the event's place there
 * @param key the key's text
 * @param line the event's line; it must not be changed
 */
public record LatestRow(int partition, long offset, String key, EventLine line) {
    private static final long OVERHEAD_BYTES = 160;

    /** Returns the memory held, by estimate. */
    long heldBytes() {
        return OVERHEAD_BYTES + line.length() + line.extraBytes();
    }
}
