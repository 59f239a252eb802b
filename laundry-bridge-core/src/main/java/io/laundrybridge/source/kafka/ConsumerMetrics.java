package io.laundrybridge.source.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/** Reads what Kafka's consumer counts of its own requests. Confined to the poll thread. */
final class ConsumerMetrics {
    private static final int ANY = -1;

    private final Consumer<byte[], byte[]> kafka;
    private final String clientId;

    /** True with {@code client.rack}: records come from the nearest replica, which need not be the leader. */
    private final boolean anyWillDo;

    private final Map<Integer, Metric> answers = new HashMap<>();

    ConsumerMetrics(Consumer<byte[], byte[]> kafka, Map<String, Object> properties, boolean anyWillDo) {
        this.kafka = kafka;
        this.clientId = String.valueOf(properties.get(ConsumerConfig.CLIENT_ID_CONFIG));
        this.anyWillDo = anyWillDo;
    }

    /** Returns how many requests of this consumer {@code broker} has answered. */
    double answers(int broker) {
        Metric metric = answers.computeIfAbsent(anyWillDo ? ANY : broker, this::metric);
        return metric == null ? 0 : ((Number) metric.metricValue()).doubleValue();
    }

    /** Returns null if there has been no connection to {@code broker} yet. */
    private @Nullable Metric metric(int broker) {
        if (broker == ANY) {
            return ofFetches("fetch-total");
        }
        return metric(
                "response-total", "consumer-node-metrics", Map.of("client-id", clientId, "node-id", "node-" + broker));
    }

    /** Returns whether a quota has made this consumer wait within the last minute. */
    boolean isThrottled() {
        Metric longest = ofFetches("fetch-throttle-time-max");
        return longest != null && ((Number) longest.metricValue()).doubleValue() > 0;
    }

    private @Nullable Metric ofFetches(String name) {
        return metric(name, "consumer-fetch-manager-metrics", Map.of("client-id", clientId));
    }

    private @Nullable Metric metric(String name, String group, Map<String, String> tags) {
        return kafka.metrics().get(new MetricName(name, group, "", tags));
    }
}
