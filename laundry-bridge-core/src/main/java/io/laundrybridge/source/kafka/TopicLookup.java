package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Asks the cluster about one topic. Each question waits for its answer, at most six seconds. Confined to the watcher.
 */
final class TopicLookup implements AutoCloseable {
    static final int TIMEOUT_MILLIS = 5_000;

    private final String topic;
    private final Admin kafka;

    TopicLookup(KafkaSettings settings) {
        this(settings.topic(), settings.admin());
    }

    TopicLookup(String topic, Map<String, Object> properties) {
        this.topic = topic;
        this.kafka = Admin.create(properties);
    }

    /** Returns the topic as the cluster sees it now. */
    TopicView describe() throws ExecutionException, InterruptedException, TimeoutException {
        DescribeTopicsOptions options = new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS);
        TopicDescription found = Objects.requireNonNull(
                await(kafka.describeTopics(List.of(topic), options).allTopicNames())
                        .get(topic));
        return new TopicView(
                found.topicId(),
                found.partitions().stream().map(TopicLookup::leader).toList());
    }

    /** Returns how far the partitions of {@code view} reach. */
    TopicEnds ends(TopicView view) throws ExecutionException, InterruptedException, TimeoutException {
        OffsetLookup offsets = new OffsetLookup(kafka, topic, view);
        return new TopicEnds(offsets.committedEnd(), offsets.writtenEnd());
    }

    /** Returns where the partitions of {@code view} begin and end, and where each of {@code histories} begins. */
    TopicOffsets offsets(TopicView view, Set<Duration> histories, Instant now)
            throws ExecutionException, InterruptedException, TimeoutException {
        OffsetLookup offsets = new OffsetLookup(kafka, topic, view);
        PositionVector beginning = offsets.beginning().withoutEpochs();
        PositionVector end = offsets.committedEnd();
        Map<Duration, PositionVector> since = new HashMap<>();
        for (Duration history : histories) {
            since.put(history, offsets.start(history, now, beginning, end));
        }
        return new TopicOffsets(view, beginning, end, Map.copyOf(since), deletionsKept());
    }

    /** Returns the first record of each partition of {@code view} stamped at or after {@code timestamp}, or its end. */
    PositionVector since(TopicView view, long timestamp)
            throws ExecutionException, InterruptedException, TimeoutException {
        OffsetLookup offsets = new OffsetLookup(kafka, topic, view);
        PositionVector beginning = offsets.beginning();
        return offsets.since(timestamp, beginning, offsets.committedEnd());
    }

    /**
     * Returns how long the topic keeps deletions, or the usual time if the user may not read the topic's configuration.
     */
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

    /** Returns why no call has ever been answered, as far as this client's connections show it. */
    Optional<StaleCause> unanswered() {
        return AdminConnections.whyUnanswered(kafka.metrics().values());
    }

    /** Closes at once, without waiting for answers. Kafka's client then waits until its thread has ended. */
    @Override
    public void close() {
        kafka.close(Duration.ZERO);
    }

    private static int leader(TopicPartitionInfo partition) {
        Node leader = partition.leader();
        return leader == null || leader.isEmpty() ? TopicView.NOBODY : leader.id();
    }

    static <T> T await(KafkaFuture<T> answer) throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(TIMEOUT_MILLIS + 1_000, TimeUnit.MILLISECONDS);
    }
}
