package io.laundrybridge.source.kafka;

import io.laundrybridge.config.BridgeSettings;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.DeadLetters;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.HistoryReader;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.SourceReader;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka topic, read from all of its partitions, however many channels it feeds. Thread-safe.
 *
 * <p>It joins no consumer group and commits nothing: each node reads everything, and positions live in the browsers. It
 * reads committed records only, beginning with the history that each channel asks for. It finds added partitions within
 * five seconds and reads them from offset 0. A topic that was deleted and made again is a reset; records that Kafka no
 * longer has are a gap. While the topic or Kafka is missing, it waits, and its handlers are stale within ten seconds.
 *
 * <p><b>Consumers.</b> All topics of equal properties, linger, threads and clocks share one consumer; {@link
 * #withOwnReader} makes an exception. A topic that would disturb the others leaves it and has a consumer of its own. It
 * comes back once it has been well for 30 s, longer each time, at most ten minutes. Reasons are denied access and a
 * record that cannot be read or decoded now. Others are handlers that do not return for two seconds, or that twice in a
 * minute take 500 ms for the records of one poll.
 *
 * <p><b>Properties.</b> All properties of Kafka's consumer are possible; {@code bootstrap.servers} is required. Others
 * pass through, such as {@code ssl.*}, {@code sasl.*}, {@code client.rack}, {@code fetch.*} and {@code
 * max.poll.records}. The security and network properties also apply to the admin client that watches the topic and the
 * producer of dead letters. Values may come from {@code config.providers}; each new client asks these again. The
 * default {@code client.id} is {@code laundry-bridge-kafka-<five letters or digits>} for the shared consumer, and
 * {@code laundry-bridge-<topic>-<five letters or digits>} for clients of one topic. Other defaults: {@code
 * request.timeout.ms} is 5,000, {@code default.api.timeout.ms} 10,000 and {@code reconnect.backoff.max.ms} 5,000. The
 * admin client's {@code metadata.recovery.strategy} is {@code none}. If several sources get the same {@code client.id},
 * later ones add a number to it. {@code group.protocol} chooses between Kafka's two consumers; properties that only
 * groups need are left out. Properties that the bridge owns are refused unless they have the bridge's value:
 *
 * <table>
 * <caption>Owned properties</caption>
 * <tr><th>property</th><th>why</th></tr>
 * <tr><td>{@code group.id}, {@code group.instance.id}</td>
 * <td>every node reads all partitions and joins no group</td></tr>
 * <tr><td>{@code enable.auto.commit} ({@code false})</td><td>positions live in the browsers</td></tr>
 * <tr><td>{@code auto.offset.reset} ({@code none})</td>
 * <td>a lost place must become a gap or a reset, not a silent jump</td></tr>
 * <tr><td>{@code isolation.level} ({@code read_committed})</td>
 * <td>browsers must not see what a transaction takes back</td></tr>
 * <tr><td>{@code allow.auto.create.topics} ({@code false})</td>
 * <td>reading must not create a topic from a misspelt name</td></tr>
 * <tr><td>{@code key.deserializer}, {@code value.deserializer}</td>
 * <td>the bridge takes bytes; see {@link KafkaDecoder}</td></tr>
 * <tr><td>{@code fetch.max.wait.ms} above 2,000</td>
 * <td>a silent Kafka is noticed by fetches without an answer</td></tr>
 * </table>
 *
 * <p><b>Threads.</b> {@code laundry-bridge-kafka-source} calls the handlers of all topics that share a consumer.
 * {@code laundry-bridge-kafka-guard} starts another source thread if Kafka's client does not return from a poll for
 * seven seconds, or a handler for two. A topic with a consumer of its own has {@code laundry-bridge-<topic>-source} and
 * {@code -guard}. {@code laundry-bridge-watch} asks the cluster, by one admin client, about all topics that are read
 * with equal properties and host services. All come from the first reader's {@code HostServices}, and end with the last
 * reader. Kafka's clients have threads of their own. An interrupt of the source thread, which some application servers
 * send, fails the handlers.
 *
 * <p>Needs the rights READ and DESCRIBE on the topic, and WRITE on {@code <topic>-dlt} if dead letters are used.
 */
public final class KafkaSource implements EventSource {
    private final KafkaSettings settings;
    private final SeenEpochs epochs = new SeenEpochs();
    private final KafkaDeadLetters deadLetters;
    private final AtomicInteger histories = new AtomicInteger();
    private final boolean isAlone;
    private @Nullable TopicReader reader; // guarded by this

    private KafkaSource(KafkaSettings settings, boolean isAlone) {
        this.settings = settings;
        this.isAlone = isAlone;
        this.deadLetters = new KafkaDeadLetters(settings, epochs);
    }

    /**
     * {@return a source that reads {@code topic} from the Kafka of {@code kafkaProperties}} Makes no connection yet.
     *
     * @param topic the name of the topic
     * @param kafkaProperties properties of Kafka's consumer, {@code bootstrap.servers} among them
     * @throws io.laundrybridge.error.SettingException if a property is the bridge's own, is missing or is malformed
     */
    public static KafkaSource topic(String topic, Map<String, ?> kafkaProperties) {
        return new KafkaSource(KafkaSettings.of(topic, kafkaProperties), false);
    }

    /**
     * Returns a source as {@link #topic(String, Map)}; the defaults of {@code kafkaProperties} count too.
     *
     * @param topic the name of the topic
     * @param kafkaProperties properties of Kafka's consumer, {@code bootstrap.servers} among them
     * @return the source
     * @throws io.laundrybridge.error.SettingException if a property is the bridge's own, is missing or is malformed
     */
    public static KafkaSource topic(String topic, Properties kafkaProperties) {
        return new KafkaSource(KafkaSettings.of(topic, KafkaSettings.withDefaults(kafkaProperties)), false);
    }

    /**
     * {@return a source of the same topic that shares no consumer and no thread with other topics} For a topic that is
     * worth its own connections and three threads, for example because it has most of the events of a node.
     */
    public KafkaSource withOwnReader() {
        return new KafkaSource(settings, true);
    }

    /**
     * {@return a source of the same topic whose records may wait, so that one fetch brings several} A record waits at
     * Kafka for {@code longest} at most, and only if at least four come in that time. The default is 20 ms. Topics with
     * another value have another consumer.
     *
     * @param longest 2 to 500 ms, or 0 for a fetch at once
     * @throws io.laundrybridge.error.SettingException if {@code longest} is something else
     */
    public KafkaSource withFetchLinger(Duration longest) {
        return new KafkaSource(settings.lingering(BridgeSettings.FETCH_LINGER.check(longest)), isAlone);
    }

    /**
     * {@return the names of the owned properties in the table above, without those that are only bounded} A host leaves
     * them out when it lends the settings of its own consumers.
     */
    public static Set<String> ownedProperties() {
        return OwnedProperties.names();
    }

    @Override
    public String name() {
        return settings.topic();
    }

    /**
     * {@inheritDoc}
     *
     * <p>If a handler joins while others read, the consumer goes back to where its history begins. The others wait
     * meanwhile, and get nothing twice. A handler fails if no client can be made of the properties.
     */
    @Override
    public SourceReader open(ReadRequest request, RecordHandler handler) {
        Attachment attachment = new Attachment(request, handler);
        TopicReader running = attach(attachment, request);
        return () -> running.detach(attachment);
    }

    private synchronized TopicReader attach(Attachment attachment, ReadRequest request) {
        TopicReader running = reader;
        if (running == null || !running.attach(attachment)) {
            running = new TopicReader(settings, request.services(), epochs, deadLetters, attachment);
            running.start();
            read(running);
            reader = running;
        }
        return running;
    }

    private void read(TopicReader topic) {
        try {
            if (isAlone) {
                PollLoop own = new PollLoop(new OwnReader(settings, null), topic.services());
                own.adopt(topic);
                own.start();
            } else {
                SharedReader.read(topic);
            }
        } catch (RuntimeException | Error noThread) {
            topic.close();
            throw noThread;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Has a consumer of its own, {@code laundry-bridge-<topic>-replay-N}, which the first read makes on its thread.
     */
    @Override
    public HistoryReader history(HostServices services) {
        return new KafkaHistoryReader(
                settings.topic(), settings.history(histories.getAndIncrement()), epochs, services.nanoTime());
    }

    /** {@return the writer to the topic {@code <topic>-dlt}} It writes while the source has readers. */
    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }
}
