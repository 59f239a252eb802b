package io.laundrybridge.example.database.capture;

import io.laundrybridge.example.database.DatabaseAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What a capture reads and where it writes. Immutable.
 *
 * @param name the capture's name: prefix of the topics, and name of slot and publication; a-z, 0-9 and _
 * @param database the database to read
 * @param kafka properties of Kafka's clients, at least {@code bootstrap.servers}
 * @param more properties of Debezium's connector, which go over ours
 */
public record CaptureSettings(
        String name, DatabaseAddress database, Map<String, Object> kafka, Map<String, String> more) {
    /** Heartbeats move the place in the database while other tables are written. */
    static final String HEARTBEATS = "__debezium-heartbeat";

    /** Makes the settings of a capture of the tables in the schema {@code public}. */
    public static CaptureSettings of(String name, DatabaseAddress database, Map<String, Object> kafka) {
        return new CaptureSettings(name, database, kafka, Map.of());
    }

    /** Returns these settings with a property of Debezium's connector. */
    public CaptureSettings with(String property, String value) {
        Map<String, String> properties = new HashMap<>(more);
        properties.put(property, value);
        return new CaptureSettings(name, database, kafka, Map.copyOf(properties));
    }

    Properties engineProperties(Class<?> offsetStore) {
        Properties properties = new Properties();
        properties.put("name", name);
        properties.put(PlaceStore.CAPTURE, name);
        properties.put("offset.storage", offsetStore.getName());
        properties.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.put("database.hostname", database.host());
        properties.put("database.port", String.valueOf(database.port()));
        properties.put("database.user", database.user());
        properties.put("database.password", database.password());
        properties.put("database.dbname", database.database());
        properties.put("topic.prefix", name);
        properties.put("schema.include.list", "public");
        properties.put("plugin.name", "pgoutput");
        properties.put("slot.name", name);
        properties.put("publication.name", name);
        properties.put("snapshot.mode", "when_needed");
        properties.put("poll.interval.ms", "10");
        properties.put("heartbeat.interval.ms", "1000");
        // An error ends the engine at once, and the capture starts another one.
        properties.put("errors.max.retries", "0");
        properties.putAll(more);
        return properties;
    }
}
