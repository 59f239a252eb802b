package io.laundrybridge.source.kafka;

import io.laundrybridge.config.SettingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/** The Kafka properties of one source: the user's, checked, and for each client the bridge's own added. Immutable. */
final class KafkaSettings {
    private static final int REQUEST_TIMEOUT = 5_000;
    private static final int API_TIMEOUT = 10_000;
    private static final int HISTORY_POLL = 100;
    private static final int LONGEST_FETCH_WAIT = 2_000;
    private static final int DEAD_LETTER_MEMORY = 16 << 20;
    private static final int LARGEST_DEAD_LETTER = 8 << 20;
    private static final int DEAD_LETTER_BLOCK = 400;

    private final String topic;
    private final Map<String, Object> given;

    private KafkaSettings(String topic, Map<String, Object> given) {
        this.topic = topic;
        this.given = given;
    }

    /** Checks {@code properties}; see {@link KafkaSource} for those that are refused. */
    static KafkaSettings of(String topic, Map<?, ?> properties) {
        Map<String, Object> given = new TreeMap<>();
        properties.forEach((key, value) -> given.put(String.valueOf(key), value));
        OwnedProperties.refuse(given);
        KafkaSettings settings = new KafkaSettings(topic, given);
        settings.check();
        return settings;
    }

    /** All of {@code properties}, its defaults included. */
    static Map<String, Object> withDefaults(Properties properties) {
        Map<String, Object> all = new HashMap<>();
        properties.forEach((key, value) -> all.put(String.valueOf(key), value));
        properties.stringPropertyNames().forEach(key -> all.put(key, properties.getProperty(key)));
        return all;
    }

    String topic() {
        return topic;
    }

    String deadLetterTopic() {
        return topic + "-dlt";
    }

    Map<String, Object> consumer() {
        Map<String, Object> properties = withTimeouts(new HashMap<>(given), "");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return properties;
    }

    /** For reading again: few records a poll, so that the reader is often asked whether it wants more. */
    Map<String, Object> history(int number) {
        Map<String, Object> properties = withTimeouts(consumer(), "-replay-" + number);
        properties.put(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Math.min(HISTORY_POLL, number(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, HISTORY_POLL)));
        return properties;
    }

    Map<String, Object> admin() {
        return withTimeouts(shared(), "-admin");
    }

    Map<String, Object> deadLetterProducer() {
        Map<String, Object> properties = withTimeouts(shared(), "-dlt");
        properties.remove(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DEAD_LETTER_BLOCK);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, DEAD_LETTER_MEMORY);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_DEAD_LETTER);
        return properties;
    }

    /** Whether {@code failure} means that no client can ever be made of the properties; a missing name may come. */
    static boolean areWrong(Throwable failure) {
        return failure instanceof KafkaException
                && failure.getCause() instanceof ConfigException wrong
                && !String.valueOf(wrong.getMessage()).contains("No resolvable bootstrap");
    }

    private void check() {
        try {
            ConsumerConfig.configDef().parse(withoutDeserializers());
        } catch (ConfigException e) {
            throw new SettingException("Kafka property refused for topic '" + topic + "': " + e.getMessage());
        }
        int wait = number(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 0);
        if (wait > LONGEST_FETCH_WAIT) {
            throw new SettingException("Kafka property '" + ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG + "' is " + wait
                    + "; expected at most " + LONGEST_FETCH_WAIT
                    + ", because the bridge tells a silent Kafka by fetches that are not answered");
        }
    }

    private Map<String, Object> withoutDeserializers() {
        Map<String, Object> properties = consumer();
        String any = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, any);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, any);
        return properties;
    }

    /** The properties that every client understands, and those that none of Kafka's clients knows. */
    private Map<String, Object> shared() {
        Predicate<String> special = key -> !AdminClientConfig.configNames().contains(key)
                && (ConsumerConfig.configNames().contains(key)
                        || ProducerConfig.configNames().contains(key));
        Map<String, Object> properties = new HashMap<>(given);
        properties.keySet().removeIf(special);
        return properties;
    }

    private Map<String, Object> withTimeouts(Map<String, Object> properties, String role) {
        int request = number(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT);
        properties.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, request);
        properties.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.max(request, API_TIMEOUT));
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId() + role);
        return properties;
    }

    /** The name by which the consumer is known to Kafka, and in its metrics. */
    String clientId() {
        return String.valueOf(given.getOrDefault(ConsumerConfig.CLIENT_ID_CONFIG, "laundry-bridge-" + topic));
    }

    /** Whether records may come from another replica than the leader. */
    boolean readsFollowers() {
        return !String.valueOf(given.getOrDefault(ConsumerConfig.CLIENT_RACK_CONFIG, ""))
                .isEmpty();
    }

    private int number(String key, int byDefault) {
        Object value = given.get(key);
        return value == null ? byDefault : Integer.parseInt(value.toString().strip());
    }
}
