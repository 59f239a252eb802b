package io.laundrybridge.source.kafka;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.kafka.KafkaProperties;
import io.laundrybridge.kafka.OwnedProperty;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The Kafka properties that the bridge sets itself, each with the reason. */
final class OwnedProperties {
    private static final String NO_GROUP = "every node reads all partitions and joins no group";
    private static final String BYTES =
            "the bridge takes records as bytes; a mapping or a decoder of the channel reads" + " them";
    private static final Map<String, OwnedProperty> OWNED = new TreeMap<>(Map.of(
            ConsumerConfig.GROUP_ID_CONFIG, new OwnedProperty(null, NO_GROUP),
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, new OwnedProperty(null, NO_GROUP),
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, new OwnedProperty("false", "positions live in the browsers"),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    new OwnedProperty("none", "a lost place must become a gap or a reset, not a silent jump"),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    new OwnedProperty("read_committed", "browsers must not see what a transaction takes back"),
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    new OwnedProperty("false", "reading must not create a topic from a misspelt name"),
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, new OwnedProperty(null, BYTES),
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, new OwnedProperty(null, BYTES)));

    private OwnedProperties() {}

    static Set<String> names() {
        return Collections.unmodifiableSet(OWNED.keySet());
    }

    /**
     * Refuses the first owned property in {@code given} whose value is not the bridge's.
     *
     * @throws SettingException with a sentence that names it
     */
    static void refuse(KafkaProperties given) {
        OwnedProperty.refuse(OWNED, given);
    }
}
