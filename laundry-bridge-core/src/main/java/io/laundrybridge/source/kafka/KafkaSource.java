package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.DeadLetters;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.HistoryReader;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.SourceReader;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka topic, read from all of its partitions by one consumer, however many channels it feeds. Thread-safe.
 *
 * <p>It joins no consumer group and commits nothing: each node reads everything, and positions live in the browsers. It
 * sees committed records only, starts with the history that each channel asks for, finds added partitions within five
 * seconds and reads them from offset 0. A topic that was deleted and made again is a reset, records that Kafka no
 * longer has are a gap. While the topic or Kafka is not there it waits and says so within ten seconds.
 *
 * <p><b>Properties.</b> Whatever Kafka's consumer knows may be given: {@code bootstrap.servers} must, and
 * {@code ssl.*}, {@code sasl.*}, {@code client.rack}, {@code fetch.*}, {@code max.poll.records} and the like pass
 * through. The security and network properties among them also serve the admin client that watches the topic and the
 * producer of dead letters. Any of them may be left to {@code config.providers}; each new client asks these anew. By
 * default {@code client.id} is {@code laundry-bridge-<topic>-<five letters or digits>}, another one for each source,
 * {@code request.timeout.ms} is 5,000, {@code default.api.timeout.ms} 10,000 and {@code reconnect.backoff.max.ms}
 * 5,000, and the admin client's {@code metadata.recovery.strategy} is {@code none}. Sources after the first that are
 * given one {@code client.id} add a number to it. {@code group.protocol} chooses between Kafka's two consumers; what
 * only groups need is left out. Properties that the bridge owns are refused unless they say the same as it:
 *
 * <table>
 * <caption>Owned properties</caption>
 * <tr><th>property</th><th>why</th></tr>
 * <tr><td>{@code group.id}, {@code group.instance.id}</td>
 *     <td>every node reads all partitions and joins no group</td></tr>
 * <tr><td>{@code enable.auto.commit} ({@code false})</td><td>positions live in the browsers</td></tr>
 * <tr><td>{@code auto.offset.reset} ({@code none})</td>
 *     <td>a lost place must become a gap or a reset, not a silent jump</td></tr>
 * <tr><td>{@code isolation.level} ({@code read_committed})</td>
 *     <td>browsers must not see what a transaction takes back</td></tr>
 * <tr><td>{@code allow.auto.create.topics} ({@code false})</td>
 *     <td>reading must not create a topic that somebody misspelt</td></tr>
 * <tr><td>{@code key.deserializer}, {@code value.deserializer}</td>
 *     <td>the bridge takes bytes; see {@link KafkaDecoder}</td></tr>
 * <tr><td>{@code fetch.max.wait.ms} above 2,000</td>
 *     <td>a silent Kafka is told by fetches that are not answered</td></tr>
 * </table>
 *
 * <p><b>Threads.</b> {@code laundry-bridge-<topic>-source} calls the handlers, {@code laundry-bridge-<topic>-watch}
 * asks the cluster about the topic and {@code laundry-bridge-<topic>-guard} has another thread take over where Kafka's
 * client does not return from a poll for seven seconds; all of them from the first reader's {@code HostServices},
 * besides those of Kafka's clients. All end with the last reader. An interrupt of the first, as some application
 * servers send it, fails the handlers.
 *
 * <p>Needs the rights READ and DESCRIBE on the topic, and WRITE on {@code <topic>-dlt} where dead letters are used.
 */
public final class KafkaSource implements EventSource {
    private final KafkaSettings settings;
    private final SeenEpochs epochs = new SeenEpochs();
    private final KafkaDeadLetters deadLetters;
    private final AtomicInteger histories = new AtomicInteger();
    private @Nullable PollLoop loop; // guarded by this

    private KafkaSource(KafkaSettings settings) {
        this.settings = settings;
        this.deadLetters = new KafkaDeadLetters(settings, epochs);
    }

    /**
     * {@return the topic {@code topic} in the Kafka that {@code kafkaProperties} lead to} Makes no connection yet.
     *
     * @param topic the name of the topic
     * @param kafkaProperties properties of Kafka's consumer, {@code bootstrap.servers} among them
     * @throws io.laundrybridge.error.SettingException if a property is the bridge's own, is missing or is malformed
     */
    public static KafkaSource topic(String topic, Map<String, ?> kafkaProperties) {
        return new KafkaSource(KafkaSettings.of(topic, kafkaProperties));
    }

    /**
     * As {@link #topic(String, Map)}; the defaults of {@code kafkaProperties} count too.
     *
     * @param topic the name of the topic
     * @param kafkaProperties properties of Kafka's consumer, {@code bootstrap.servers} among them
     * @return the source
     */
    public static KafkaSource topic(String topic, Properties kafkaProperties) {
        return new KafkaSource(KafkaSettings.of(topic, KafkaSettings.withDefaults(kafkaProperties)));
    }

    /**
     * {@return the names of the properties that the bridge owns, as listed above, without those that are only bounded:
     * what a host leaves out when it lends the settings of its own consumers}
     */
    public static Set<String> ownedProperties() {
        return OwnedProperties.names();
    }

    /** Returns the topic. */
    @Override
    public String name() {
        return settings.topic();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A handler that joins while others are being read to has the consumer go back to where its history begins; the
     * others wait for that long, and get nothing twice. Properties of which no client can be made fail the handler.
     */
    @Override
    public SourceReader open(ReadRequest request, RecordHandler handler) {
        Attachment attachment = new Attachment(request, handler);
        PollLoop running = attach(attachment, request);
        return () -> running.detach(attachment);
    }

    private synchronized PollLoop attach(Attachment attachment, ReadRequest request) {
        PollLoop running = loop;
        if (running == null || !running.attach(attachment)) {
            running = new PollLoop(settings, request.services(), epochs, deadLetters);
            running.attach(attachment);
            deadLetters.open(request.services());
            running.start();
            loop = running;
        }
        return running;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Has a consumer of its own, {@code laundry-bridge-<topic>-replay-N}, made by the first read on its thread.
     */
    @Override
    public HistoryReader history(HostServices services) {
        return new KafkaHistoryReader(
                settings.topic(), settings.history(histories.getAndIncrement()), epochs, services.nanoTime());
    }

    /** Writes to the topic {@code <topic>-dlt}, while the source has readers. */
    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }
}
