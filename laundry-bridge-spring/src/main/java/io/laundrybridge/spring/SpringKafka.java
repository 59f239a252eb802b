package io.laundrybridge.spring;

import static io.laundrybridge.config.BridgeSettings.KAFKA;
import static io.laundrybridge.config.BridgeSettings.KAFKA_SERVERS;

import io.laundrybridge.source.kafka.KafkaSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.kafka.core.ConsumerFactory;

/** Kafka's properties, as the application has them. */
final class SpringKafka {
    private SpringKafka() {}

    /**
     * Returns the consumer properties of the application, without those that the bridge owns. It leaves out
     * {@code client.id}, which would give consumers of different topics one name. Empty if the application has no
     * consumer factory, or has several and the bridge's own settings name Kafka's address.
     *
     * @throws HostException if there are several, none is primary, and the settings name no address
     */
    static Map<String, Object> clientProperties(
            ObjectProvider<ConsumerFactory<?, ?>> consumers, Map<String, String> settings) {
        Map<String, Object> properties = new HashMap<>();
        try {
            consumers.ifAvailable(factory -> properties.putAll(factory.getConfigurationProperties()));
        } catch (NoUniqueBeanDefinitionException several) {
            if (settings.getOrDefault(KAFKA_SERVERS.key(), "").isBlank()) {
                throw severalFactories(several);
            }
        }
        properties.keySet().removeAll(KafkaSource.ownedProperties());
        properties.remove(ConsumerConfig.CLIENT_ID_CONFIG);
        return properties;
    }

    private static HostException severalFactories(NoUniqueBeanDefinitionException several) {
        return new HostException(
                "there are " + several.getNumberOfBeansFound()
                        + " ConsumerFactory beans, and the bridge takes Kafka's address from one",
                "Mark the one to take as @Primary, or set " + KAFKA_SERVERS + " and what else the bridge needs as "
                        + KAFKA + ".");
    }
}
