package io.laundrybridge.sink.kafka;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.kafka.ClientNames;
import io.laundrybridge.kafka.KafkaProperties;
import io.laundrybridge.kafka.OwnedProperty;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka properties of a sink: the user's, checked, with the bridge's own. Immutable. */
final class ProducerSettings {
    /** Kafka's last word about a record, after its hand-over. */
    static final int DELIVERY_TIMEOUT = 7_500;

    private static final int MAX_BLOCK = 500;
    private static final int REQUEST_TIMEOUT = 5_000;
    private static final int LONGEST_LINGER = 1_000;
    private static final int MOST_IN_FLIGHT = 5;
    private static final int RECONNECT = 5_000;

    /** Kafka refuses a batch as a whole, so each record is a batch: a wrong or large one fails alone. */
    private static final int ONE_RECORD = 0;

    /**
     * About five seconds of retries. What a broker answered at last is then reported, before the delivery timeout would
     * hide it.
     */
    private static final String RETRIES = "7";

    private static final String BYTES = "the mapping of a channel makes bytes";
    private static final Map<String, OwnedProperty> OWNED = new TreeMap<>(Map.of(
            ProducerConfig.ACKS_CONFIG, new OwnedProperty("all", "an ack promises that no broker's loss undoes it"),
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    new OwnedProperty("true", "Kafka must not store a record twice because an answer was lost"),
            ProducerConfig.RETRIES_CONFIG, new OwnedProperty(RETRIES, "a page waits for 10 seconds"),
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                    new OwnedProperty(String.valueOf(DELIVERY_TIMEOUT), "a page waits for 10 seconds"),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                    new OwnedProperty(null, "each record is stored by itself, and acknowledged by itself"),
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, new OwnedProperty(null, BYTES),
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, new OwnedProperty(null, BYTES)));

    /** The largest allowed values. */
    private static final Map<String, Integer> MOST = new TreeMap<>(Map.of(
            ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK,
            ProducerConfig.LINGER_MS_CONFIG, LONGEST_LINGER,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, MOST_IN_FLIGHT));

    /** Added for the check, which requires serializers. */
    private static final Map<String, Object> CHECKED_WITH = Map.of(
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);

    private final KafkaProperties given;

    private ProducerSettings(KafkaProperties given) {
        this.given = given;
    }

    /**
     * Checks {@code properties}; {@link KafkaSink} lists the refused ones.
     *
     * @throws SettingException naming the property
     */
    static ProducerSettings of(String topic, Map<?, ?> properties) {
        Map<String, Object> all = new TreeMap<>();
        properties.forEach((key, value) -> all.put(String.valueOf(key), value));
        KafkaProperties given = KafkaProperties.resolve(topic, all);
        Map<String, OwnedProperty> owned = new TreeMap<>(OWNED);
        if (given.text(ProducerConfig.ACKS_CONFIG, "").equals("-1")) {
            owned.remove(ProducerConfig.ACKS_CONFIG);
        }
        OwnedProperty.refuse(owned, given);
        given.check(ProducerConfig.configDef(), CHECKED_WITH);
        MOST.forEach((key, most) -> refuseAbove(most, key, given));
        return new ProducerSettings(given);
    }

    private static void refuseAbove(int most, String key, KafkaProperties given) {
        int found = given.number(key, 0);
        if (found > most) {
            throw new SettingException(
                    key,
                    "Kafka property '" + key + "' is " + found + "; expected at most " + most
                            + ", because a page waits for the answer");
        }
    }

    /** Returns what sinks of one producer have in common. */
    Map<String, Object> identity() {
        return given.given();
    }

    /** Returns a name for the producer in Kafka and in its metrics. */
    String newClientId() {
        String name = given.text(CommonClientConfigs.CLIENT_ID_CONFIG, "");
        return name.isEmpty() ? ClientNames.ofTopic("publish") : ClientNames.numbered(name + "-publish");
    }

    /**
     * Returns the properties of the producer. Those of other clients are left out, interceptors among them: a consumer
     * has the same property for its own. With its own strategy to rebootstrap, a producer without Kafka logs ten lines
     * per second. {@link ProducerSlot} makes a new one instead.
     */
    Map<String, Object> producer(String clientId) {
        Predicate<String> foreign = key -> !ProducerConfig.configNames().contains(key)
                && (ConsumerConfig.configNames().contains(key)
                        || AdminClientConfig.configNames().contains(key));
        Map<String, Object> properties = new HashMap<>(given.given());
        properties.keySet().removeIf(foreign);
        properties.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK);
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, ONE_RECORD);
        properties.putIfAbsent(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT / 20);
        properties.putIfAbsent(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT);
        properties.putIfAbsent(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        properties.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.min(REQUEST_TIMEOUT, given.number(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT)));
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.RETRIES_CONFIG, RETRIES);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT);
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        return properties;
    }

    /** Returns the names of the owned properties. */
    static Set<String> owned() {
        return Collections.unmodifiableSet(OWNED.keySet());
    }
}
