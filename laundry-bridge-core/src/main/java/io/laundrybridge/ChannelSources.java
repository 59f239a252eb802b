package io.laundrybridge;

import static io.laundrybridge.config.BridgeSettings.FETCH_LINGER;
import static io.laundrybridge.config.BridgeSettings.KAFKA;
import static io.laundrybridge.config.BridgeSettings.KAFKA_SERVERS;
import static io.laundrybridge.config.ChannelSettings.OWN_READER;
import static io.laundrybridge.config.ChannelSettings.TOPIC;

import io.laundrybridge.config.PublishSettings;
import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.publish.RecordSink;
import io.laundrybridge.sink.kafka.KafkaSink;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.kafka.KafkaSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The source of each channel: one that code has given, or the topic that settings name. Channels on one topic share its
 * source, and topics share a consumer unless {@code own-reader} is set. Not thread-safe.
 */
final class ChannelSources {
    private static final String SERVERS = "bootstrap.servers";

    private final Settings settings;
    private final Map<String, Object> kafka;
    private final Map<String, EventSource> given;
    private final Set<String> alone;
    private final Map<String, EventSource> topics = new HashMap<>();

    /** Prepares sources; {@code laundry-bridge.kafka.*} goes over {@code kafka}. */
    ChannelSources(Settings settings, Map<String, Object> kafka, Map<String, EventSource> given) {
        this.settings = settings;
        this.kafka = new TreeMap<>(kafka);
        this.kafka.putAll(settings.byName(KAFKA));
        this.given = given;
        this.alone = alone(settings);
    }

    /**
     * Returns the names of the channels that have events, in alphabetical order.
     *
     * @param publishing the channels that take publishes; they have events only if they have a topic or a source
     * @throws SettingException if there are none of either kind
     */
    SortedSet<String> channels(Set<String> publishing) {
        SortedSet<String> names = new TreeSet<>(settings.channels());
        names.removeIf(name ->
                publishing.contains(name) && settings.find(TOPIC.of(name)).isEmpty());
        names.addAll(given.keySet());
        if (names.isEmpty() && publishing.isEmpty()) {
            String topic = TOPIC.of("machines").key();
            throw new SettingException(
                    topic, "no channel is set; name at least one, for example " + topic + "=laundry.machine-log");
        }
        return names;
    }

    /**
     * Returns the source of the channel {@code name}.
     *
     * @throws SettingException if there is none, there are two, or Kafka's properties are wrong
     */
    EventSource source(String name) {
        EventSource own = given.get(name);
        if (own == null) {
            return shared(settings.get(TOPIC.of(name)));
        }
        if (settings.find(TOPIC.of(name)).isPresent()) {
            throw new SettingException(
                    TOPIC.of(name).key(),
                    TOPIC.of(name) + " is set, and code gives channel '" + name
                            + "' a source; a channel has one source, so remove one of them");
        }
        if (settings.find(OWN_READER.of(name)).isPresent()) {
            throw new SettingException(
                    OWN_READER.of(name).key(),
                    OWN_READER.of(name) + " is set, and code gives channel '" + name
                            + "' a source; remove it, and call KafkaSource.withOwnReader() if it is a topic");
        }
        return own;
    }

    /**
     * Returns the source of {@code topic}, which all its readers share.
     *
     * @throws SettingException if Kafka's properties are wrong
     */
    EventSource shared(String topic) {
        return topics.computeIfAbsent(topic, this::topic);
    }

    /**
     * Returns the sink of {@code topic}.
     *
     * @throws SettingException if Kafka's properties are wrong
     */
    RecordSink sink(String topic) {
        return KafkaSink.topic(topic, checkedKafka())
                .waiting(settings.get(PublishSettings.SINK_RECORDS), settings.get(PublishSettings.SINK_BYTES));
    }

    private KafkaSource topic(String topic) {
        KafkaSource source = KafkaSource.topic(topic, checkedKafka()).withFetchLinger(settings.get(FETCH_LINGER));
        return alone.contains(topic) ? source.withOwnReader() : source;
    }

    /** Returns the topics that share no reader. */
    private static Set<String> alone(Settings settings) {
        Set<String> topics = new HashSet<>();
        for (String name : settings.channels()) {
            if (settings.get(OWN_READER.of(name))) {
                settings.find(TOPIC.of(name)).ifPresent(topics::add);
            }
        }
        return topics;
    }

    private Map<String, Object> checkedKafka() {
        if (String.valueOf(kafka.getOrDefault(SERVERS, "")).isBlank()) {
            throw KAFKA_SERVERS.refusal("not set", "the address of Kafka, for example kafka:9092");
        }
        return kafka;
    }
}
