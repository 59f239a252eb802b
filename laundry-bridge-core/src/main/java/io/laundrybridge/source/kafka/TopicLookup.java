package io.laundrybridge.source.kafka;

import io.laundrybridge.event.PositionVector;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/** Asks the cluster about one topic by a client of its own, and waits for each answer. Confined to one thread. */
final class TopicLookup implements AutoCloseable {
    private static final Duration TURN = Duration.ofSeconds(1);

    private final String topic;
    private final ClusterLookup cluster;

    TopicLookup(String topic, Map<String, Object> properties, LongSupplier nanoTime) {
        this.topic = topic;
        this.cluster = new ClusterLookup(properties, nanoTime);
    }

    /** Returns the topic as the cluster sees it now. */
    TopicView describe() throws ExecutionException, InterruptedException {
        return await(cluster.describe(topic));
    }

    /** Returns how far the partitions of {@code view} reach. */
    TopicEnds ends(TopicView view) throws ExecutionException, InterruptedException {
        return await(new OffsetLookup(cluster, topic, view).ends());
    }

    /** Returns the first record of each partition of {@code view} stamped at or after {@code timestamp}, or its end. */
    PositionVector since(TopicView view, long timestamp) throws ExecutionException, InterruptedException {
        return await(new OffsetLookup(cluster, topic, view).since(timestamp));
    }

    private <T> T await(CompletableFuture<T> answer) throws ExecutionException, InterruptedException {
        while (!answer.isDone()) {
            cluster.turn(TURN);
        }
        return answer.get();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
