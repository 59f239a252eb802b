package io.laundrybridge.example.database.capture;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics. Their records have the broker's time, so that the age of a row at Kafka can be measured. */
public final class Topics {
    /** A row of this size passes Kafka: 12 MiB. The bridge's own limit is lower. */
    public static final int LARGEST_RECORD = 12 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Topics() {}

    /**
     * Creates a topic that keeps the newest record of each key, if it is absent.
     *
     * @param kafka properties for the admin client, at least {@code bootstrap.servers}
     * @throws IllegalStateException if no broker answers within 30 seconds, or it refuses
     */
    public static void compacted(String name, int partitions, Map<String, Object> kafka) {
        create(name, partitions, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT), kafka);
    }

    /**
     * Creates a topic that keeps the newest record of each key, and none for longer than a day, if it is absent.
     *
     * @param kafka properties for the admin client, at least {@code bootstrap.servers}
     * @throws IllegalStateException if no broker answers within 30 seconds, or it refuses
     */
    public static void compactedForADay(String name, int partitions, Map<String, Object> kafka) {
        String both = TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE;
        String day = String.valueOf(Duration.ofDays(1).toMillis());
        create(
                name,
                partitions,
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, both, TopicConfig.RETENTION_MS_CONFIG, day),
                kafka);
    }

    /**
     * Creates a topic that keeps records for a day, if it is absent.
     *
     * @param kafka properties for the admin client, at least {@code bootstrap.servers}
     * @throws IllegalStateException if no broker answers within 30 seconds, or it refuses
     */
    public static void kept(String name, int partitions, Map<String, Object> kafka) {
        String day = String.valueOf(Duration.ofDays(1).toMillis());
        create(name, partitions, Map.of(TopicConfig.RETENTION_MS_CONFIG, day), kafka);
    }

    private static void create(String name, int partitions, Map<String, String> own, Map<String, Object> kafka) {
        Map<String, String> configs = new HashMap<>(own);
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(LARGEST_RECORD));
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
        Admin admin = Admin.create(kafka);
        try {
            admin.createTopics(List.of(topic)).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw refused(name, e);
            }
        } catch (TimeoutException e) {
            throw refused(name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(name, e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private static IllegalStateException refused(String name, Throwable cause) {
        return new IllegalStateException(
                "Topic '%s' could not be created (%s); expected a broker that answers within %d s, mend --bootstrap-servers"
                        .formatted(name, cause, PATIENCE.toSeconds()),
                cause);
    }
}
