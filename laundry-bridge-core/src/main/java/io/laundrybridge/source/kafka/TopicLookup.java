package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.StreamStart;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Questions to the cluster about one topic; each waits for its answer, at most six seconds. Confined to the watcher. */
final class TopicLookup implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final long NONE = -1;

    private final String topic;
    private final Admin kafka;

    TopicLookup(KafkaSettings settings) {
        this(settings.topic(), settings.admin());
    }

    TopicLookup(String topic, Map<String, Object> properties) {
        this.topic = topic;
        this.kafka = Admin.create(properties);
    }

    /** The topic as the cluster sees it now. */
    TopicView describe() throws ExecutionException, InterruptedException, TimeoutException {
        DescribeTopicsOptions options = new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS);
        TopicDescription found = Objects.requireNonNull(
                await(kafka.describeTopics(List.of(topic), options).allTopicNames())
                        .get(topic));
        return new TopicView(
                found.topicId(),
                found.partitions().stream().map(TopicLookup::leader).toList());
    }

    /** How far the partitions of {@code view} reach. */
    TopicEnds ends(TopicView view) throws ExecutionException, InterruptedException, TimeoutException {
        PositionVector committed =
                list(view, OffsetSpec.latest(), PositionVector.ORIGIN, IsolationLevel.READ_COMMITTED);
        return new TopicEnds(
                committed, list(view, OffsetSpec.latest(), PositionVector.ORIGIN, IsolationLevel.READ_UNCOMMITTED));
    }

    /** Where the partitions of {@code view} begin and end, and where each of {@code histories} begins. */
    TopicOffsets offsets(TopicView view, Set<Duration> histories, Instant now)
            throws ExecutionException, InterruptedException, TimeoutException {
        PositionVector beginning =
                list(view, OffsetSpec.earliest(), PositionVector.ORIGIN).withoutEpochs();
        PositionVector end = list(view, OffsetSpec.latest(), PositionVector.ORIGIN);
        Map<Duration, PositionVector> since = new HashMap<>();
        for (Duration history : histories) {
            since.put(history, start(view, history, now, beginning, end));
        }
        return new TopicOffsets(view, beginning, end, Map.copyOf(since), deletionsKept());
    }

    private PositionVector start(
            TopicView view, Duration history, Instant now, PositionVector beginning, PositionVector end)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (history.equals(ReadRequest.WHOLE)) {
            return beginning;
        }
        return history.isZero() ? end.withoutEpochs() : since(view, millisBefore(now, history), beginning, end);
    }

    /** The first record of each partition of {@code view} stamped at or after {@code timestamp}, or its end. */
    PositionVector since(TopicView view, long timestamp)
            throws ExecutionException, InterruptedException, TimeoutException {
        PositionVector beginning = list(view, OffsetSpec.earliest(), PositionVector.ORIGIN);
        return since(view, timestamp, beginning, list(view, OffsetSpec.latest(), PositionVector.ORIGIN));
    }

    /**
     * The first record of each partition stamped at or after {@code timestamp}. Until Kafka has removed the files of records
     * that were deleted, it finds none by time; a partition whose newest record is young enough then begins at its beginning.
     */
    private PositionVector since(TopicView view, long timestamp, PositionVector beginning, PositionVector end)
            throws ExecutionException, InterruptedException, TimeoutException {
        PositionVector first = list(view, OffsetSpec.forTimestamp(timestamp), PositionVector.of(none(view)));
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

    private static long[] none(TopicView view) {
        return LongStream.generate(() -> NONE).limit(view.partitions()).toArray();
    }

    /** How long the topic keeps deletions; the usual time where the user may not read the topic's configuration. */
    private Duration deletionsKept() throws InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        DescribeConfigsOptions options = new DescribeConfigsOptions().timeoutMs(TIMEOUT_MILLIS);
        try {
            Config config = await(
                            kafka.describeConfigs(List.of(resource), options).all())
                    .get(resource);
            ConfigEntry kept = config == null ? null : config.get(TopicConfig.DELETE_RETENTION_MS_CONFIG);
            return kept == null ? StreamStart.USUAL_DELETIONS_KEPT : Duration.ofMillis(Long.parseLong(kept.value()));
        } catch (ExecutionException e) {
            return StreamStart.USUAL_DELETIONS_KEPT;
        }
    }

    /** Why no call has ever been answered, as far as this client's connections tell. */
    Optional<StaleCause> unanswered() {
        double byBootstrap = 0;
        double byBrokers = 0;
        double connections = 0;
        for (Metric metric : kafka.metrics().values()) {
            String name = metric.metricName().name();
            if (name.equals("response-total") && metric.metricName().group().equals("admin-client-node-metrics")) {
                boolean broker = !String.valueOf(metric.metricName().tags().get("node-id"))
                        .startsWith("node--");
                byBrokers += broker ? number(metric) : 0;
                byBootstrap += broker ? 0 : number(metric);
            }
            connections += name.equals("connection-creation-total") ? number(metric) : 0;
        }
        if (byBrokers > 0) {
            return Optional.empty();
        }
        if (byBootstrap > 0) {
            return Optional.of(StaleCause.astray());
        }
        return connections > 1 ? Optional.of(StaleCause.mute()) : Optional.empty();
    }

    private static double number(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
    }

    /** At once: nobody waits for an answer any more. Kafka's client then waits until its thread has ended. */
    @Override
    public void close() {
        kafka.close(Duration.ZERO);
    }

    /** The offset of each partition that {@code spec} asks for; {@code otherwise} where there is none. */
    private PositionVector list(TopicView view, OffsetSpec spec, PositionVector otherwise)
            throws ExecutionException, InterruptedException, TimeoutException {
        return list(view, spec, otherwise, IsolationLevel.READ_COMMITTED);
    }

    private PositionVector list(TopicView view, OffsetSpec spec, PositionVector otherwise, IsolationLevel isolation)
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
        ListOffsetsOptions options = new ListOffsetsOptions(isolation).timeoutMs(TIMEOUT_MILLIS);
        return await(kafka.listOffsets(asked, options).all());
    }

    private static long millisBefore(Instant now, Duration history) {
        long sinceEpoch = now.toEpochMilli();
        boolean beyondEpoch = history.compareTo(Duration.ofMillis(sinceEpoch)) >= 0;
        return beyondEpoch ? 0 : sinceEpoch - history.toMillis();
    }

    private static int leader(TopicPartitionInfo partition) {
        Node leader = partition.leader();
        return leader == null || leader.isEmpty() ? TopicView.NOBODY : leader.id();
    }

    private static <T> T await(KafkaFuture<T> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(TIMEOUT_MILLIS + 1_000, TimeUnit.MILLISECONDS);
    }
}
