package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import java.time.Duration;
import java.util.Map;

/**
 * Where the topic's partitions begin and end, as seen at one moment.
 *
 * @param beginning the oldest offset of each partition
 * @param end the next offset that committed records reach; an open transaction holds it back. Its leader epochs are the
 *     newest of the partitions, and need not be those of the records before it
 * @param since for each requested history, the first offset that is young enough, or {@code end}
 * @param deletionsKept how long the topic at least keeps deletions
 */
record TopicOffsets(
        TopicView topic,
        PositionVector beginning,
        PositionVector end,
        Map<Duration, PositionVector> since,
        Duration deletionsKept) {}
