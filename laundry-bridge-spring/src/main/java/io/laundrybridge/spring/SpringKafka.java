package io.laundrybridge.spring;

import io.laundrybridge.BridgeException;
import io.laundrybridge.source.kafka.KafkaSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.kafka.core.ConsumerFactory;

/** Kafka as the application knows it. */
final class SpringKafka {

    private SpringKafka() {}

    /**
     * The consumer properties of the application, without those that the bridge owns, and without {@code client.id}, which
     * would give consumers of different topics one name. None if the application has no consumer factory.
     *
     * @throws BridgeException if there are several and none is primary
     */
    static Map<String, Object> clientProperties(ObjectProvider<ConsumerFactory<?, ?>> consumers) {
        Map<String, Object> properties = new HashMap<>();
        try {
            consumers.ifAvailable(factory -> properties.putAll(factory.getConfigurationProperties()));
        } catch (NoUniqueBeanDefinitionException several) {
            throw new BridgeException("there are " + several.getNumberOfBeansFound()
                    + " ConsumerFactory beans and the bridge takes Kafka's address from one; mark that @Primary");
        }
        properties.keySet().removeAll(KafkaSource.ownedProperties());
        properties.remove(ConsumerConfig.CLIENT_ID_CONFIG);
        return properties;
    }
}
