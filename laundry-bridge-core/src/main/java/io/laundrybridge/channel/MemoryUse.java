package io.laundrybridge.channel;

import io.laundrybridge.channel.latest.LatestTable;
import io.laundrybridge.channel.log.LogWriter;

/**
 * The amount that one epoch of a channel holds in memory, and has evicted.
 *
 * @param logBytes memory of the log
 * @param evicted entries that the log has evicted
 * @param keys keys that have a value
 * @param stateBytes memory of these values
 * @param imageBytes memory of older values, kept for images
 * @param imagesLost images that were dropped while they were read
 */
record MemoryUse(long logBytes, long evicted, long keys, long stateBytes, long imageBytes, long imagesLost) {
    static final MemoryUse NONE = new MemoryUse(0, 0, 0, 0, 0, 0);

    static MemoryUse of(LogWriter log) {
        return new MemoryUse(log.heldBytes(), log.log().start(), 0, 0, 0, 0);
    }

    MemoryUse with(LatestTable table) {
        return new MemoryUse(logBytes, evicted, table.keys(), table.bytes(), table.imageBytes(), table.imagesLost());
    }

    /** Returns the same for the next epoch, which has evicted nothing yet. */
    MemoryUse ofNextLife() {
        return new MemoryUse(logBytes, 0, keys, stateBytes, imageBytes, 0);
    }
}
