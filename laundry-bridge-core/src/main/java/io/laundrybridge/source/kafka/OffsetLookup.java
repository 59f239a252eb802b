package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.StreamStart;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka for offsets of one topic's partitions. Confined to the thread of the cluster's look-ups.
 *
 * @param view the topic and its partitions
 */
record OffsetLookup(ClusterLookup cluster, String topic, TopicView view) {
    private static final long NONE = -1;

    /** Returns how far the partitions reach. */
    CompletableFuture<TopicEnds> ends() {
        return committedEnd().thenCombine(writtenEnd(), TopicEnds::new);
    }

    /** Returns where the partitions begin and end, and where each of {@code histories} begins. */
    CompletableFuture<TopicOffsets> offsets(Set<Duration> histories, Instant now) {
        CompletableFuture<Duration> kept = deletionsKept();
        CompletableFuture<PositionVector> committed = committedEnd();
        return beginning()
                .thenCompose(beginning -> committed.thenCompose(end -> starts(histories, now, beginning, end)
                        .thenCombine(
                                kept,
                                (since, deletions) ->
                                        new TopicOffsets(view, beginning.withoutEpochs(), end, since, deletions))));
    }

    private CompletableFuture<Map<Duration, PositionVector>> starts(
            Set<Duration> histories, Instant now, PositionVector beginning, PositionVector end) {
        CompletableFuture<Map<Duration, PositionVector>> all = CompletableFuture.completedFuture(new HashMap<>());
        for (Duration history : histories) {
            all = all.thenCombine(start(history, now, beginning, end), (starts, start) -> {
                starts.put(history, start);
                return starts;
            });
        }
        return all.thenApply(Map::copyOf);
    }

    /** Returns where {@code history}, counted back from {@code now}, begins. */
    private CompletableFuture<PositionVector> start(
            Duration history, Instant now, PositionVector beginning, PositionVector end) {
        if (history.equals(ReadRequest.WHOLE)) {
            return CompletableFuture.completedFuture(beginning.withoutEpochs());
        }
        return history.isZero()
                ? CompletableFuture.completedFuture(end.withoutEpochs())
                : since(millisBefore(now, history), beginning, end);
    }

    /** Returns the first record of each partition stamped at or after {@code timestamp}, or its end. */
    CompletableFuture<PositionVector> since(long timestamp) {
        CompletableFuture<PositionVector> committed = committedEnd();
        return beginning().thenCompose(beginning -> committed.thenCompose(end -> since(timestamp, beginning, end)));
    }

    /**
     * Returns the first record of each partition stamped at or after {@code timestamp}, or its end. Kafka finds no
     * records by time until it has removed the files of deleted ones. Such a partition begins at its beginning if its
     * newest record is young enough.
     */
    private CompletableFuture<PositionVector> since(long timestamp, PositionVector beginning, PositionVector end) {
        PositionVector none = PositionVector.of(
                LongStream.generate(() -> NONE).limit(view.partitions()).toArray());
        return list(OffsetSpec.forTimestamp(timestamp), none, IsolationLevel.READ_COMMITTED)
                .thenCompose(first -> {
                    IntPredicate unknown = p -> first.next(p) == NONE && beginning.next(p) < end.next(p);
                    return list(OffsetSpec.maxTimestamp(), unknown, IsolationLevel.READ_COMMITTED)
                            .thenApply(newest -> PositionVector.of(IntStream.range(0, view.partitions())
                                    .mapToLong(p -> {
                                        ListOffsetsResultInfo youngest = newest.get(p);
                                        boolean young = youngest != null && youngest.timestamp() >= timestamp;
                                        long otherwise = young ? beginning.next(p) : end.next(p);
                                        return first.next(p) == NONE ? otherwise : first.next(p);
                                    })
                                    .toArray()));
                });
    }

    private CompletableFuture<PositionVector> beginning() {
        return list(OffsetSpec.earliest(), PositionVector.ORIGIN, IsolationLevel.READ_COMMITTED);
    }

    /** Returns where the partitions end, without records of open transactions and records behind these. */
    private CompletableFuture<PositionVector> committedEnd() {
        return list(OffsetSpec.latest(), PositionVector.ORIGIN, IsolationLevel.READ_COMMITTED);
    }

    private CompletableFuture<PositionVector> writtenEnd() {
        return list(OffsetSpec.latest(), PositionVector.ORIGIN, IsolationLevel.READ_UNCOMMITTED);
    }

    /** Returns the offset of each partition for {@code spec}, or {@code otherwise} if there is none. */
    private CompletableFuture<PositionVector> list(
            OffsetSpec spec, PositionVector otherwise, IsolationLevel isolation) {
        return list(spec, p -> true, isolation).thenApply(found -> {
            long[] offsets = new long[view.partitions()];
            int[] epochs = new int[offsets.length];
            found.forEach((p, info) -> {
                offsets[p] = info.offset() < 0 ? otherwise.next(p) : info.offset();
                epochs[p] = info.leaderEpoch().orElse(PositionVector.NO_EPOCH);
            });
            return PositionVector.of(offsets, epochs);
        });
    }

    /** Returns what Kafka says about the partitions that are {@code wanted}. Fails if one of them fails. */
    private CompletableFuture<Map<Integer, ListOffsetsResultInfo>> list(
            OffsetSpec spec, IntPredicate wanted, IsolationLevel isolation) {
        Map<Integer, CompletableFuture<ListOffsetsResultInfo>> answers = new HashMap<>();
        IntStream.range(0, view.partitions())
                .filter(wanted)
                .forEach(p -> answers.put(p, cluster.offset(new TopicPartition(topic, p), spec, isolation)));
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Map<Integer, ListOffsetsResultInfo> found = new HashMap<>();
                    answers.forEach((p, answer) -> found.put(p, answer.join()));
                    return found;
                });
    }

    /**
     * Returns how long the topic keeps deletions, or the usual time if the user may not read the topic's configuration.
     */
    private CompletableFuture<Duration> deletionsKept() {
        return cluster.config(topic).handle((config, failure) -> deletionsKept(failure == null ? config : null));
    }

    private static Duration deletionsKept(@Nullable Config config) {
        ConfigEntry kept = config == null ? null : config.get(TopicConfig.DELETE_RETENTION_MS_CONFIG);
        return kept == null ? StreamStart.USUAL_DELETIONS_KEPT : Duration.ofMillis(Long.parseLong(kept.value()));
    }

    private static long millisBefore(Instant now, Duration history) {
        long sinceEpoch = now.toEpochMilli();
        boolean beyondEpoch = history.compareTo(Duration.ofMillis(sinceEpoch)) >= 0;
        return beyondEpoch ? 0 : sinceEpoch - history.toMillis();
    }
}
