package io.laundrybridge.example.database.streams;

import io.laundrybridge.example.database.capture.Topics;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topology, exactly once: what it has read, counted and written is committed together. Several of them, on any
 * machines, share the work. Its memory is in topics of its own, so nothing is lost with a machine.
 */
public final class DerivedViews implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DerivedViews.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PARTITIONS = 3;

    private final KafkaStreams streams;
    private final Path folder;

    private DerivedViews(KafkaStreams streams, Path folder) {
        this.streams = streams;
        this.folder = folder;
    }

    /**
     * Starts the topology; the topics that it writes exist when this returns.
     *
     * @param reports the topic of the table {@code machine_report}; it has to be there
     * @param kafka properties of Kafka's clients, at least {@code bootstrap.servers}
     * @throws IllegalStateException if no broker answers within 30 seconds, or it refuses
     */
    public static DerivedViews start(String reports, Map<String, Object> kafka) {
        Topics.compacted(LaundryTopology.ALARMS, PARTITIONS, kafka);
        Topics.compacted(LaundryTopology.ENERGY, PARTITIONS, kafka);
        Topics.compactedForADay(LaundryTopology.POWER, PARTITIONS, kafka);
        Path folder = newFolder();
        KafkaStreams streams = new KafkaStreams(LaundryTopology.of(reports), properties(kafka, folder));
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.warn("The derived views failed and begin again behind their last commit", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        streams.start();
        return new DerivedViews(streams, folder);
    }

    /** Returns the settings of the channels {@code power}, {@code alarms} and {@code energy}. */
    public static Map<String, String> channels() {
        Map<String, String> topics = Map.of(
                "power", LaundryTopology.POWER, "alarms", LaundryTopology.ALARMS, "energy", LaundryTopology.ENERGY);
        Map<String, String> settings = new HashMap<>();
        topics.forEach((channel, topic) -> {
            String prefix = "laundry-bridge.channels." + channel + ".";
            settings.put(prefix + "topic", topic);
            settings.put(prefix + "access", "anonymous");
            settings.put(prefix + "latest-by-key", "true");
            settings.put(prefix + "retain-bytes", "2MiB");
            settings.put(prefix + "state-bytes", "8MiB");
        });
        return settings;
    }

    private static Properties properties(Map<String, Object> kafka, Path folder) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "laundry-derived");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG,
                BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers.class.getName());
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndContinueExceptionHandler.class.getName());
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        Properties streams = new Properties();
        streams.putAll(properties);
        return streams;
    }

    /** Returns whether it counts now; false while it starts, or shares the work anew. */
    public boolean running() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Stops, and leaves the rest of the work to others; waits at most 10 seconds. */
    @Override
    public void close() {
        // Else the others would wait for it as long as for a machine that died.
        CloseOptions leaving = CloseOptions.timeout(PATIENCE)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
        if (!streams.close(leaving)) {
            LOG.warn("The derived views did not stop within {} s", PATIENCE.toSeconds());
        }
        remove(folder.toFile());
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("laundry-derived");
        } catch (IOException e) {
            throw new UncheckedIOException("No folder for the derived views could be made", e);
        }
    }

    private static void remove(File file) {
        File[] files = file.listFiles();
        if (files != null) {
            for (File each : files) {
                remove(each);
            }
        }
        if (!file.delete()) {
            LOG.debug("{} could not be deleted", file);
        }
    }
}
