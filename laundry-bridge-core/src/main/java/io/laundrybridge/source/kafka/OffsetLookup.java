package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.source.ReadRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks Kafka for offsets of one topic's partitions.
 *
 * @param view the topic and its partitions
 */
record OffsetLookup(Admin kafka, String topic, TopicView view) {
    private static final long NONE = -1;

    PositionVector beginning() throws ExecutionException, InterruptedException, TimeoutException {
        return list(OffsetSpec.earliest(), PositionVector.ORIGIN, IsolationLevel.READ_COMMITTED);
    }

    /** Returns where the partitions end, without records of open transactions and records behind these. */
    PositionVector committedEnd() throws ExecutionException, InterruptedException, TimeoutException {
        return list(OffsetSpec.latest(), PositionVector.ORIGIN, IsolationLevel.READ_COMMITTED);
    }

    PositionVector writtenEnd() throws ExecutionException, InterruptedException, TimeoutException {
        return list(OffsetSpec.latest(), PositionVector.ORIGIN, IsolationLevel.READ_UNCOMMITTED);
    }

    /** Returns where {@code history}, counted back from {@code now}, begins. */
    PositionVector start(Duration history, Instant now, PositionVector beginning, PositionVector end)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (history.equals(ReadRequest.WHOLE)) {
            return beginning;
        }
        return history.isZero() ? end.withoutEpochs() : since(millisBefore(now, history), beginning, end);
    }

    /**
     * Returns the first record of each partition stamped at or after {@code timestamp}, or its end. Kafka finds no
     * records by time until it has removed the files of deleted ones. Such a partition begins at its beginning if its
     * newest record is young enough.
     */
    PositionVector since(long timestamp, PositionVector beginning, PositionVector end)
            throws ExecutionException, InterruptedException, TimeoutException {
        PositionVector first =
                list(OffsetSpec.forTimestamp(timestamp), PositionVector.of(none()), IsolationLevel.READ_COMMITTED);
        List<TopicPartition> unknown = IntStream.range(0, view.partitions())
                .filter(p -> first.next(p) == NONE && beginning.next(p) < end.next(p))
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList();
        Map<TopicPartition, ListOffsetsResultInfo> newest =
                unknown.isEmpty() ? Map.of() : list(unknown, OffsetSpec.maxTimestamp(), IsolationLevel.READ_COMMITTED);
        long[] offsets = new long[view.partitions()];
        for (int p = 0; p < offsets.length; p++) {
            ListOffsetsResultInfo youngest = newest.get(new TopicPartition(topic, p));
            boolean young = youngest != null && youngest.timestamp() >= timestamp;
            long otherwise = young ? beginning.next(p) : end.next(p);
            offsets[p] = first.next(p) == NONE ? otherwise : first.next(p);
        }
        return PositionVector.of(offsets);
    }

    private long[] none() {
        return LongStream.generate(() -> NONE).limit(view.partitions()).toArray();
    }

    /** Returns the offset of each partition for {@code spec}, or {@code otherwise} if there is none. */
    private PositionVector list(OffsetSpec spec, PositionVector otherwise, IsolationLevel isolation)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<TopicPartition> all = IntStream.range(0, view.partitions())
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList();
        Map<TopicPartition, ListOffsetsResultInfo> found = list(all, spec, isolation);
        long[] offsets = new long[view.partitions()];
        int[] epochs = new int[offsets.length];
        found.forEach((partition, info) -> {
            int p = partition.partition();
            offsets[p] = info.offset() < 0 ? otherwise.next(p) : info.offset();
            epochs[p] = info.leaderEpoch().orElse(PositionVector.NO_EPOCH);
        });
        return PositionVector.of(offsets, epochs);
    }

    private Map<TopicPartition, ListOffsetsResultInfo> list(
            List<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec));
        ListOffsetsOptions options = new ListOffsetsOptions(isolation).timeoutMs(TopicLookup.TIMEOUT_MILLIS);
        return TopicLookup.await(kafka.listOffsets(asked, options).all());
    }

    private static long millisBefore(Instant now, Duration history) {
        long sinceEpoch = now.toEpochMilli();
        boolean beyondEpoch = history.compareTo(Duration.ofMillis(sinceEpoch)) >= 0;
        return beyondEpoch ? 0 : sinceEpoch - history.toMillis();
    }
}
