package io.laundrybridge.protocol;

import java.util.SortedMap;

/** What a client waits for: the {@code at} of an {@code await}. */
public sealed interface AwaitAt {

    /**
     * Records, and everything before them in their partitions.
     *
     * @param next the offset behind the last of these records, by partition
     */
    record Records(SortedMap<Integer, Long> next) implements AwaitAt {}

    /** Everything before a position. */
    record Before(Position position) implements AwaitAt {}

    /** Everything before a place that only the server can read. */
    record Sealed(SealedPlace place) implements AwaitAt {}
}
