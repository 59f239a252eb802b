package io.laundrybridge.dashboard;

import java.time.Duration;
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

/** The topics of the laundry. */
public final class LaundryTopic {
    /** The topic that the machines report to, {@value}. */
    public static final String NAME = "laundry.machine-log";

    /** The topic of the sites' summaries, {@value}. */
    public static final String SITES = "laundry.site-log";

    /** {@value}. */
    public static final int PARTITIONS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private LaundryTopic() {}

    /**
     * Creates the topic if it is absent, with a quarter of an hour of retention, as the page shows ten minutes.
     *
     * @param kafka properties for the admin client, at least {@code bootstrap.servers}
     * @throws IllegalStateException if no broker answers within ten seconds, or it refuses
     */
    public static void createIfAbsent(String name, int partitions, Map<String, Object> kafka) {
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                                String.valueOf(Duration.ofMinutes(15).toMillis()),
                        TopicConfig.SEGMENT_MS_CONFIG,
                                String.valueOf(Duration.ofMinutes(5).toMillis())));
        Admin admin = Admin.create(kafka);
        try {
            admin.createTopics(List.of(topic)).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw refused(name, kafka, e);
            }
        } catch (TimeoutException e) {
            throw refused(name, kafka, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(name, kafka, e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private static IllegalStateException refused(String name, Map<String, Object> kafka, Throwable cause) {
        return new IllegalStateException(
                "Topic '%s' could not be created on %s (%s); expected a broker that answers within %d s, mend --bootstrap-servers."
                        .formatted(name, kafka.get("bootstrap.servers"), cause, PATIENCE.toSeconds()),
                cause);
    }
}
