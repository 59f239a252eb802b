package io.laundrybridge.source.kafka;

import io.laundrybridge.config.BridgeSettings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.kafka.ClientNames;
import io.laundrybridge.kafka.KafkaProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The Kafka properties of one source: the user's, checked, with the bridge's own for each client. Immutable. */
final class KafkaSettings {
    private static final int REQUEST_TIMEOUT = 5_000;
    private static final int API_TIMEOUT = 10_000;
    private static final int HISTORY_POLL = 100;
    private static final int LONGEST_FETCH_WAIT = 2_000;
    private static final int DEAD_LETTER_MEMORY = 16 << 20;
    private static final int LARGEST_DEAD_LETTER = 8 << 20;
    private static final int DEAD_LETTER_TRANSACTION = 15_000;
    private static final int RECONNECT = 5_000;
    private static final int MUCH = 256 << 10;

    private static final Map<String, Object> OWN = Map.of(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");

    /** Added for the check, which requires deserializers. */
    private static final Map<String, Object> CHECKED_WITH = Map.of(
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);

    /** Properties without effect outside a group. Kafka refuses them with one of the group protocols. */
    private static final Set<String> OF_GROUPS = Set.of(
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG);

    private final String topic;
    private final KafkaProperties given;
    private final Duration linger;
    private @Nullable String clientId; // guarded by this; made for the first client

    private KafkaSettings(String topic, KafkaProperties given, Duration linger) {
        this.topic = topic;
        this.given = given;
        this.linger = linger;
    }

    /** Checks {@code properties}; {@link KafkaSource} lists the refused ones. */
    static KafkaSettings of(String topic, Map<?, ?> properties) {
        Map<String, Object> all = new TreeMap<>();
        properties.forEach((key, value) -> all.put(String.valueOf(key), value));
        KafkaProperties given = KafkaProperties.resolve(topic, all);
        OwnedProperties.refuse(given);
        given.check(ConsumerConfig.configDef(), CHECKED_WITH);
        refuseLongWaits(given);
        return new KafkaSettings(topic, given, BridgeSettings.FETCH_LINGER.byDefault());
    }

    /** Returns these settings for a reader at which a record waits for {@code longest} at most. */
    KafkaSettings lingering(Duration longest) {
        return new KafkaSettings(topic, given, longest);
    }

    /** Returns all of {@code properties}, its defaults included. */
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

    /** Returns how long a record may wait for more, so that one fetch brings several. */
    Duration linger() {
        return linger;
    }

    /** Returns the pace of a reader's polls. What is half as large as a bound may have been cut off by it. */
    PollPace pace(long now) {
        int records = given.number(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, ConsumerConfig.DEFAULT_MAX_POLL_RECORDS);
        int fetched = given.number(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, ConsumerConfig.DEFAULT_MAX_PARTITION_FETCH_BYTES);
        int all = given.number(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, ConsumerConfig.DEFAULT_FETCH_MAX_BYTES);
        return new PollPace(linger, records / 2, Math.min(MUCH, Math.min(fetched, all) / 2), now);
    }

    /** Returns the properties of a consumer that reads this topic alone. */
    Map<String, Object> consumer() {
        Map<String, Object> properties = withTimeouts(new HashMap<>(given.given()), "");
        properties.keySet().removeAll(OF_GROUPS);
        properties.putAll(OWN);
        return properties;
    }

    /** Returns the properties of a consumer that reads all topics of the same properties. */
    Map<String, Object> consumer(String name) {
        Map<String, Object> properties = consumer();
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        return properties;
    }

    /**
     * Returns the properties of a consumer that finds the partition whose next record cannot be read. A fetch brings
     * one batch; a poll gives one record, or fails because of that batch.
     */
    Map<String, Object> carefulConsumer() {
        Map<String, Object> properties = consumer();
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
        return properties;
    }

    /**
     * Returns the properties of a consumer that reads again. It polls few records, so that the reader often asks
     * whether the handler wants more.
     */
    Map<String, Object> history(int number) {
        Map<String, Object> properties = withTimeouts(consumer(), "-replay-" + number);
        properties.put(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Math.min(HISTORY_POLL, given.number(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, HISTORY_POLL)));
        return properties;
    }

    /** Returns the properties of the admin client, which topics with equal properties share. */
    Map<String, Object> admin() {
        Map<String, Object> properties = withTimeouts(shared(), "-admin");
        if (!isNamed()) {
            properties.put(ConsumerConfig.CLIENT_ID_CONFIG, ClientNames.ofTopic("admin"));
        }
        return properties;
    }

    /** Returns whether the user has named the clients. */
    boolean isNamed() {
        return !given.text(ConsumerConfig.CLIENT_ID_CONFIG, "").isEmpty();
    }

    /** Returns the user's properties. */
    Map<String, Object> given() {
        return given.given();
    }

    Map<String, Object> deadLetterProducer() {
        Map<String, Object> properties = withTimeouts(shared(), "-dlt");
        int request = given.number(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT);
        properties.remove(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, deadLetterTransactions());
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, DEAD_LETTER_TRANSACTION);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, API_TIMEOUT);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.max(request + 1_000, API_TIMEOUT));
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_DEAD_LETTER);
        return properties;
    }

    Map<String, Object> deadLetterLookup() {
        Map<String, Object> properties = admin();
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId() + "-dlt-admin");
        return properties;
    }

    Map<String, Object> deadLetterReader() {
        Map<String, Object> properties = consumer();
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId() + "-dlt-reader");
        return properties;
    }

    /**
     * Returns the transactional id. It is the same on all nodes and applications, so that Kafka lets one of them write.
     */
    String deadLetterTransactions() {
        return "laundry-bridge-" + deadLetterTopic();
    }

    /** Returns how many bytes of dead letters may wait. */
    int deadLetterMemory() {
        return given.number(ProducerConfig.BUFFER_MEMORY_CONFIG, DEAD_LETTER_MEMORY);
    }

    /**
     * Returns whether {@code failure} means that no client can ever be made of the properties. An unknown host name may
     * become known.
     */
    static boolean areWrong(Throwable failure) {
        return failure instanceof KafkaException
                && failure.getCause() instanceof ConfigException wrong
                && !String.valueOf(wrong.getMessage()).contains("No resolvable bootstrap");
    }

    private static void refuseLongWaits(KafkaProperties given) {
        int wait = given.number(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 0);
        if (wait > LONGEST_FETCH_WAIT) {
            throw new SettingException(
                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                    "Kafka property '" + ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG + "' is " + wait
                            + "; expected at most " + LONGEST_FETCH_WAIT
                            + ", because the bridge detects a silent Kafka by unanswered fetches");
        }
    }

    /** Returns the properties that every client understands, and those that no Kafka client knows. */
    private Map<String, Object> shared() {
        Predicate<String> special = key -> !AdminClientConfig.configNames().contains(key)
                && (ConsumerConfig.configNames().contains(key)
                        || ProducerConfig.configNames().contains(key));
        Map<String, Object> properties = new HashMap<>(given.given());
        properties.keySet().removeIf(special);
        return properties;
    }

    /**
     * Adds timeouts, and what keeps clients quiet while Kafka is away. With its own strategy to rebootstrap, Kafka's
     * admin client logs up to a thousand lines per second. New clients are made instead, which find the brokers too.
     */
    private Map<String, Object> withTimeouts(Map<String, Object> properties, String role) {
        int request = given.number(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT);
        properties.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, request);
        properties.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.max(request, API_TIMEOUT));
        properties.putIfAbsent(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT / 20);
        properties.putIfAbsent(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT);
        properties.putIfAbsent(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId() + role);
        return properties;
    }

    /** Returns the consumer's name in Kafka and in its metrics. */
    synchronized String clientId() {
        String made = clientId;
        if (made == null) {
            String name = given.text(ConsumerConfig.CLIENT_ID_CONFIG, "");
            made = name.isEmpty() ? ClientNames.ofTopic(topic) : ClientNames.numbered(name);
            clientId = made;
        }
        return made;
    }

    /** Returns the addresses of Kafka. */
    String bootstrapServers() {
        return given.text(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** Returns whether records may come from a replica other than the leader. */
    boolean readsFollowers() {
        return !given.text(ConsumerConfig.CLIENT_RACK_CONFIG, "").isEmpty();
    }
}
