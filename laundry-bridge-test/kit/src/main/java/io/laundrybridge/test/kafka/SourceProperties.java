package io.laundrybridge.test.kafka;

import java.util.HashMap;
import java.util.Map;

/**
 * The Kafka properties of a source under test. With the system property {@code test.kafka.group.protocol} all sources
 * read by one of Kafka's two consumers: {@code classic} or {@code consumer}.
 */
public final class SourceProperties {
    private SourceProperties() {}

    /** Properties that can be added to. */
    public static Map<String, Object> of(String bootstrapServers) {
        return with(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** These, and more can be added. */
    public static Map<String, Object> with(Map<String, ?> given) {
        Map<String, Object> properties = new HashMap<>(given);
        String protocol = System.getProperty("test.kafka.group.protocol", "");
        if (!protocol.isEmpty()) {
            properties.put("group.protocol", protocol);
        }
        return properties;
    }
}
