package io.laundrybridge.source.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;

/**
 * The result of looking up places at which the log has nothing, by partition.
 *
 * @param beginAgain the offset at which the log begins now, if the records were removed by retention or deleted
 * @param cutAt the offset from which records are void, if Kafka lost records that it had handed out
 */
record LostPlaces(Map<Integer, Long> beginAgain, Map<Integer, Long> cutAt) {

    /** Returns the new places in {@code topic}, whose {@code offsets} are known by now. */
    static LostPlaces of(String topic, OffsetOutOfRangeException lost, TopicOffsets offsets) {
        Map<Integer, Long> beginAgain = new HashMap<>();
        Map<Integer, Long> cutAt = new HashMap<>();
        boolean truncated = lost instanceof LogTruncationException;
        lost.offsetOutOfRangePartitions().forEach((at, place) -> {
            if (!at.topic().equals(topic)) {
                return;
            }
            int partition = at.partition();
            long beginning = offsets.beginning().next(partition);
            long end = offsets.end().next(partition);
            if (truncated) {
                cutAt.put(partition, beginning);
            } else if (place < beginning) {
                beginAgain.put(partition, beginning);
            } else if (place > end) {
                cutAt.put(partition, end);
            }
        });
        if (lost instanceof LogTruncationException truncation) {
            truncation.divergentOffsets().forEach((at, divergent) -> {
                if (at.topic().equals(topic)) {
                    cutAt.put(at.partition(), divergent.offset());
                }
            });
        }
        return new LostPlaces(Map.copyOf(beginAgain), Map.copyOf(cutAt));
    }
}
