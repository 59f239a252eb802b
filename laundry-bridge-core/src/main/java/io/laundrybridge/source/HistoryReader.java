package io.laundrybridge.source;

import io.laundrybridge.event.PositionVector;
import java.time.Duration;

/**
 * Reads parts of a stream again, and finds places in it. Calls block and all come from one thread; an interrupt ends a
 * read.
 */
public interface HistoryReader extends AutoCloseable {

    /**
     * Hands over the records in [{@code from}, {@code until}), those of a partition in order. It ends if all have been
     * handed over, the handler wants no more, or {@code longest} has passed. Records that the stream no longer has
     * become a gap in their partition's order; holes are passed.
     *
     * <p>Leader epochs of {@code from} are checked against the stream. The caller passes only epochs that this node's
     * own reader has seen or passed: a forged one could make a reader useless.
     *
     * @param from the first offsets
     * @param until the offsets before which reading ends
     * @param longest the longest time to read
     * @param handler takes the records, on the calling thread
     * @return where reading ended; everything between {@code from} and there was handed over, is a gap or is a hole
     * @throws HistoryException if {@code from} is in a part of the stream that no longer exists, or the stream cannot
     *     be reached. The same reader may be asked again
     * @throws InterruptedException if the calling thread is interrupted
     */
    PositionVector read(PositionVector from, PositionVector until, Duration longest, HistoryHandler handler)
            throws HistoryException, InterruptedException;

    /**
     * Finds the first record of each partition with {@code timestamp} or a later one. All records before it have
     * earlier timestamps; later records may have any timestamp. Waits for the stream, at most ten seconds.
     *
     * @param timestamp milliseconds since 1970, not negative
     * @param otherwise the place of each partition without such a record; a place that was read before the call misses
     *     no later record
     * @return the offsets of those records, without leader epochs
     * @throws HistoryException of reason {@code UNAVAILABLE} if the stream cannot be reached; the same reader may be
     *     asked again
     * @throws InterruptedException if the calling thread is interrupted
     */
    PositionVector firstSince(long timestamp, PositionVector otherwise) throws HistoryException, InterruptedException;

    /**
     * Finds the oldest record that each partition still has. Waits for the stream, at most ten seconds.
     *
     * <p>The default finds the first record stamped in 1970 or later; a source that can do better overrides it.
     *
     * @param otherwise names the partitions that are known, and the place of each one that has no record
     * @param partitions how many partitions there may be; if the stream seems to have fewer, the reader asks it again
     * @return the oldest offsets, of every partition that the stream has, without leader epochs
     * @throws HistoryException of reason {@code UNAVAILABLE} if the stream cannot be reached; the same reader may be
     *     asked again
     * @throws InterruptedException if the calling thread is interrupted
     */
    default PositionVector beginning(PositionVector otherwise, int partitions)
            throws HistoryException, InterruptedException {
        return firstSince(0, otherwise);
    }

    /** Closes the connection. Waits at most a second. Idempotent. */
    @Override
    void close();
}
