package io.laundrybridge.source;

import io.laundrybridge.event.PositionVector;
import java.time.Duration;

/**
 * The start of a reading.
 *
 * @param epoch names the life of the stream: equal on every node, different once the topic was deleted and made again;
 *     1 to 32 characters of {@code [0-9a-zA-Z_-]}
 * @param beginning the oldest offsets that the stream still had when reading began
 * @param start the first offsets that will be handed over; at or after {@code beginning}
 * @param deletionsKept how long the stream at least keeps a deletion before compaction may remove it
 */
public record StreamStart(String epoch, PositionVector beginning, PositionVector start, Duration deletionsKept) {

    /** How long Kafka keeps deletions by default ({@code delete.retention.ms}): 24 hours. */
    public static final Duration USUAL_DELETIONS_KEPT = Duration.ofHours(24);

    /**
     * Makes a start in a stream that keeps deletions for the usual time.
     *
     * @param epoch names the life of the stream
     * @param beginning the oldest offsets that the stream has
     * @param start the first offsets that will be handed over
     */
    public StreamStart(String epoch, PositionVector beginning, PositionVector start) {
        this(epoch, beginning, start, USUAL_DELETIONS_KEPT);
    }
}
