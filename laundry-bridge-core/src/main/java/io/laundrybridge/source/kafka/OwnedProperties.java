package io.laundrybridge.source.kafka;

import io.laundrybridge.error.SettingException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/** The Kafka properties that the bridge sets itself, each with the reason. */
final class OwnedProperties {
    private static final String NO_GROUP = "every node reads all partitions and joins no group";
    private static final String BYTES =
            "the bridge takes records as bytes; a mapping or a decoder of the channel reads" + " them";
    private static final Map<String, Owned> OWNED = new TreeMap<>(Map.of(
            ConsumerConfig.GROUP_ID_CONFIG, new Owned(null, NO_GROUP),
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, new Owned(null, NO_GROUP),
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, new Owned("false", "positions live in the browsers"),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    new Owned("none", "a lost place must become a gap or a reset, not a silent jump"),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    new Owned("read_committed", "browsers must not see what a transaction takes back"),
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    new Owned("false", "reading must not create a topic from a misspelt name"),
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, new Owned(null, BYTES),
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, new Owned(null, BYTES)));

    private OwnedProperties() {}

    /** A property, the only allowed value, or null if none is allowed, and the reason. */
    private record Owned(@Nullable String value, String reason) {}

    static Set<String> names() {
        return Collections.unmodifiableSet(OWNED.keySet());
    }

    /**
     * Refuses the first owned property in {@code given} whose value is not the bridge's.
     *
     * @throws SettingException with a sentence that names it
     */
    static void refuse(KafkaProperties given) {
        OWNED.forEach((key, owned) -> {
            Object found = given.value(key);
            if (found != null && !found.toString().strip().equalsIgnoreCase(owned.value)) {
                throw new SettingException(
                        key,
                        "Kafka property '" + key + "' is '" + given.shown(key) + "', but the bridge "
                                + (owned.value == null ? "does without it" : "sets it to '" + owned.value + "'") + ": "
                                + owned.reason + "; remove it");
            }
        });
    }
}
