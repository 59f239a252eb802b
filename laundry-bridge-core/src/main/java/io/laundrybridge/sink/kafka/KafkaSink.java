package io.laundrybridge.sink.kafka;

import static io.laundrybridge.config.ChannelSettings.TOPIC;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.publish.RecordSink;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * A Kafka topic that clients publish to. Immutable and thread-safe.
 *
 * <p>All connections of one host with equal properties share one idempotent producer. A record is stored once all
 * replicas in sync have it ({@code acks=all}). The producer has a thread of its own, {@code laundry-bridge-kafka-sink},
 * so that no caller waits for Kafka. Kafka's partitioner chooses the partition by the key. Kafka does not tell the
 * leader epoch of a stored record, so places have none.
 *
 * <p><b>Outcomes.</b> Kafka's answer comes within about 9.5 s. Records wait for at most 2 s until they are given to the
 * producer, which gives up after 7.5 s. A record that was certainly not stored fails with {@code UNAVAILABLE}, {@code
 * BUSY}, {@code TOO_LARGE} or {@code REFUSED}; any other with {@code OUTCOME_UNKNOWN}. What operators have to do is
 * logged, and told by {@code trouble()}: a missing topic or right, too few replicas, a Kafka that does not answer.
 *
 * <p><b>Properties.</b> All properties of Kafka's producer are possible; {@code bootstrap.servers} is required.
 * Properties that only consumers and admin clients have are left out, so that one map can serve sources and sinks;
 * {@code interceptor.classes} is left out too. Values may come from {@code config.providers}. The default {@code
 * client.id} is {@code laundry-bridge-publish-<five letters or digits>}; one that is given gets {@code -publish} behind
 * it. {@code request.timeout.ms} is at most 5,000. {@code batch.size} is 0 by default, because Kafka refuses a batch as
 * a whole. A larger one stores more records per second, and a record that is too large then delays its neighbours.
 * Properties that the bridge owns are refused unless they have the bridge's value:
 *
 * <table>
 * <caption>Owned properties</caption>
 * <tr><th>property</th><th>why</th></tr>
 * <tr><td>{@code acks} ({@code all})</td><td>an ack promises that no broker's loss undoes it</td></tr>
 * <tr><td>{@code enable.idempotence} ({@code true})</td>
 * <td>Kafka must not store a record twice because an answer was lost</td></tr>
 * <tr><td>{@code delivery.timeout.ms} ({@code 7500}), {@code retries} ({@code 7})</td>
 * <td>a page waits for 10 seconds</td></tr>
 * <tr><td>{@code max.block.ms} above 500, {@code linger.ms} above 1,000, {@code max.in.flight.requests.per.connection}
 * above 5</td><td>a page waits for the answer</td></tr>
 * <tr><td>{@code transactional.id}</td><td>each record is acknowledged by itself</td></tr>
 * <tr><td>{@code key.serializer}, {@code value.serializer}</td><td>the mapping of a channel makes bytes</td></tr>
 * </table>
 *
 * <p>Needs kafka-clients 4.1.2 or newer, and the rights WRITE and DESCRIBE on the topic.
 */
public final class KafkaSink implements RecordSink {
    /** The most records without an outcome, by default. */
    public static final int DEFAULT_WAITING_RECORDS = 10_000;

    /** The most bytes of records without an outcome, by default. */
    public static final long DEFAULT_WAITING_BYTES = 16L << 20;

    private final String topic;
    private final ProducerSettings settings;
    private final int mostRecords;
    private final long mostBytes;

    private KafkaSink(String topic, ProducerSettings settings, int mostRecords, long mostBytes) {
        this.topic = topic;
        this.settings = settings;
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    /**
     * {@return a sink that writes to {@code topic} in the Kafka of {@code kafkaProperties}} Makes no connection yet.
     *
     * @param topic the name of the topic
     * @param kafkaProperties properties of Kafka's producer, {@code bootstrap.servers} among them
     * @throws SettingException if a property is the bridge's own, is missing or is malformed, or if kafka-clients is
     *     older than 4.1.2 (CVE-2026-35554)
     */
    public static KafkaSink topic(String topic, Map<String, ?> kafkaProperties) {
        ClientVersion.demandSafe();
        TOPIC.parse(topic);
        return new KafkaSink(
                topic, ProducerSettings.of(topic, kafkaProperties), DEFAULT_WAITING_RECORDS, DEFAULT_WAITING_BYTES);
    }

    /**
     * Returns a sink as {@link #topic(String, Map)}; the defaults of {@code kafkaProperties} count too.
     *
     * @param topic the name of the topic
     * @param kafkaProperties properties of Kafka's producer, {@code bootstrap.servers} among them
     * @return the sink
     * @throws SettingException as {@link #topic(String, Map)}
     */
    public static KafkaSink topic(String topic, Properties kafkaProperties) {
        Map<String, Object> all = new HashMap<>();
        kafkaProperties.forEach((key, value) -> all.put(String.valueOf(key), value));
        kafkaProperties.stringPropertyNames().forEach(key -> all.put(key, kafkaProperties.getProperty(key)));
        return topic(topic, all);
    }

    /**
     * {@return this sink with other bounds for the records without an outcome} One more fails with {@code BUSY}, and
     * one record of more bytes with {@code TOO_LARGE}. Sinks that share a producer and have equal bounds share these
     * too.
     *
     * @param records the most records, at least 1; 10,000 by default
     * @param bytes the most bytes of keys, values and headers, and 200 for each record; 16 MiB by default
     * @throws IllegalArgumentException if a bound is below 1
     */
    public KafkaSink waiting(int records, long bytes) {
        if (records < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "waiting(" + records + ", " + bytes + "): expected at least 1 record and 1 byte");
        }
        return new KafkaSink(topic, settings, records, bytes);
    }

    /**
     * {@return the names of the owned properties in the table above, without those that are only bounded} A host leaves
     * them out when it lends the settings of its own producers.
     */
    public static Set<String> ownedProperties() {
        return ProducerSettings.owned();
    }

    @Override
    public String name() {
        return topic;
    }

    @Override
    public Connection connect(HostServices services) {
        return new TopicConnection(
                topic, SharedProducers.ofJvm().use(settings, mostRecords, mostBytes, services), services.nanoTime());
    }
}
