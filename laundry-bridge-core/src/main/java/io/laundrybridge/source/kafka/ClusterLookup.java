package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Asks the cluster by an admin client. Questions of one kind that are asked before {@link #turn} go in one request.
 * Each has an answer of its own, within six seconds, which {@code turn} completes: one that hangs holds up no other.
 * Confined to one thread, except {@link #wake}.
 */
final class ClusterLookup implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5_000;

    /** The time after which a question is given up although Kafka's client has not. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /** What is asked about offsets in one request: a partition is in it once. */
    private record OffsetBatch(
            IsolationLevel isolation,
            Map<TopicPartition, OffsetSpec> specs,
            LookupBatch<TopicPartition, ListOffsetsResultInfo> batch) {}

    private record Sent(LookupBatch<?, ?> batch, long deadline) {}

    private final Admin kafka;
    private final LongSupplier nanoTime;
    private final BlockingQueue<Runnable> answered = new LinkedBlockingQueue<>();
    private final Deque<Sent> sent = new ArrayDeque<>();

    private LookupBatch<String, TopicDescription> topics = new LookupBatch<>();
    private LookupBatch<ConfigResource, Config> configs = new LookupBatch<>();
    private final List<OffsetBatch> offsets = new ArrayList<>();
    private LookupBatch<String, TopicDescription> describing = new LookupBatch<>();

    ClusterLookup(Map<String, Object> properties, LongSupplier nanoTime) {
        this.kafka = Admin.create(properties);
        this.nanoTime = nanoTime;
    }

    /** Asks for the topic as the cluster sees it now. */
    CompletableFuture<TopicView> describe(String topic) {
        return topics.ask(topic)
                .thenApply(found -> new TopicView(
                        found.topicId(),
                        found.partitions().stream().map(ClusterLookup::leader).toList()));
    }

    private static int leader(TopicPartitionInfo partition) {
        Node leader = partition.leader();
        return leader == null || leader.isEmpty() ? TopicView.NOBODY : leader.id();
    }

    /** Asks for the offset of {@code partition} that {@code spec} describes. */
    CompletableFuture<ListOffsetsResultInfo> offset(
            TopicPartition partition, OffsetSpec spec, IsolationLevel isolation) {
        OffsetBatch free = offsets.stream()
                .filter(each -> each.isolation() == isolation && !each.specs().containsKey(partition))
                .findFirst()
                .orElseGet(() -> newBatch(isolation));
        free.specs().put(partition, spec);
        return free.batch().ask(partition);
    }

    private OffsetBatch newBatch(IsolationLevel isolation) {
        OffsetBatch batch = new OffsetBatch(isolation, new HashMap<>(), new LookupBatch<>());
        offsets.add(batch);
        return batch;
    }

    /** Asks for the configuration of {@code topic}. */
    CompletableFuture<Config> config(String topic) {
        return configs.ask(new ConfigResource(ConfigResource.Type.TOPIC, topic));
    }

    /** Sends what was asked, waits for an answer or {@link #wake}, and completes what has been answered. */
    void turn(Duration longest) throws InterruptedException {
        send();
        Runnable next = answered.poll(Math.max(1, longest.toNanos()), TimeUnit.NANOSECONDS);
        for (; next != null; next = answered.poll()) {
            next.run();
        }
        expire();
    }

    /** Ends the wait of {@link #turn}. Any thread. */
    void wake() {
        answered.add(ClusterLookup::nothing);
    }

    private static void nothing() {}

    private void send() {
        if (describing.isAnswered() && !topics.questions().isEmpty()) {
            describing = topics;
            topics = new LookupBatch<>();
            send(describing, describeTopics(describing.questions()));
        }
        offsets.forEach(each -> send(each.batch(), listOffsets(each)));
        offsets.clear();
        if (!configs.questions().isEmpty()) {
            send(configs, describeConfigs(configs.questions()));
            configs = new LookupBatch<>();
        }
    }

    private <Q, A> void send(LookupBatch<Q, A> batch, Map<Q, KafkaFuture<A>> answers) {
        sent.add(new Sent(batch, nanoTime.getAsLong() + PATIENCE.toNanos()));
        batch.receive(answers, answered::add);
    }

    private Map<String, KafkaFuture<TopicDescription>> describeTopics(Collection<String> names) {
        return kafka.describeTopics(names, new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                .topicNameValues();
    }

    private Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> listOffsets(OffsetBatch batch) {
        ListOffsetsOptions options = new ListOffsetsOptions(batch.isolation()).timeoutMs(TIMEOUT_MILLIS);
        ListOffsetsResult result = kafka.listOffsets(batch.specs(), options);
        return batch.specs().keySet().stream()
                .collect(Collectors.toMap(partition -> partition, result::partitionResult));
    }

    private Map<ConfigResource, KafkaFuture<Config>> describeConfigs(Collection<ConfigResource> resources) {
        return kafka.describeConfigs(resources, new DescribeConfigsOptions().timeoutMs(TIMEOUT_MILLIS))
                .values();
    }

    private void expire() {
        long now = nanoTime.getAsLong();
        sent.removeIf(each -> each.batch().isAnswered());
        for (Sent each : sent) {
            if (now - each.deadline() >= 0) {
                each.batch().expire();
            }
        }
    }

    /** Returns why no call has ever been answered, as far as this client's connections show it. */
    Optional<StaleCause> unanswered() {
        return AdminConnections.whyUnanswered(kafka.metrics().values());
    }

    /** Closes at once: questions without an answer fail. Kafka's client then waits until its thread has ended. */
    @Override
    public void close() {
        kafka.close(Duration.ZERO);
        List<LookupBatch<?, ?>> open = new ArrayList<>(List.of(topics, configs));
        offsets.forEach(each -> open.add(each.batch()));
        sent.forEach(each -> open.add(each.batch()));
        open.forEach(LookupBatch::expire);
    }
}
