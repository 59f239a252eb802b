package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.kafka.ClientNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kind of a loop that reads all topics of equal Kafka properties, for one host. A topic with trouble of its own
 * gets a loop of its own until it is well again. Thread-safe.
 */
final class SharedReader implements LoopKind {
    private static final Logger LOG = LoggerFactory.getLogger(SharedReader.class);

    /** The loops by what their topics have in common. A second reader of one topic gets another loop. */
    private static final Map<Common, List<PollLoop>> LOOPS = new HashMap<>(); // guarded by itself

    private final Common common;
    private final KafkaSettings settings;
    private final String clientId;

    /**
     * What topics that share a loop have in common.
     *
     * @param properties Kafka's properties, as they were given
     * @param linger how long a record may wait for more
     * @param threads where the host's threads come from
     * @param clock the host's wall time
     * @param nanoTime the host's monotonic time
     * @param classes the classes that Kafka's client finds by name, and that the host's threads inherit
     */
    private record Common(
            Map<String, Object> properties,
            Duration linger,
            ThreadFactory threads,
            InstantSource clock,
            LongSupplier nanoTime,
            @Nullable ClassLoader classes) {}

    private SharedReader(Common common, KafkaSettings settings) {
        this.common = common;
        this.settings = settings;
        this.clientId = settings.isNamed() ? settings.clientId() : ClientNames.ofTopic("kafka");
    }

    /** Has {@code topic} read by the loop that it shares, which begins with its first topic. */
    static void read(TopicReader topic) {
        HostServices host = topic.services();
        Common common = new Common(
                topic.settings().given(),
                topic.settings().linger(),
                host.threads(),
                host.clock(),
                host.nanoTime(),
                Thread.currentThread().getContextClassLoader());
        synchronized (LOOPS) {
            List<PollLoop> loops = LOOPS.computeIfAbsent(common, unknown -> new ArrayList<>());
            for (PollLoop loop : loops) {
                if (loop.adopt(topic)) {
                    return;
                }
            }
            PollLoop loop = new PollLoop(new SharedReader(common, topic.settings()), host);
            loop.adopt(topic);
            loops.add(loop);
            loop.start();
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public String threadName() {
        return "kafka";
    }

    @Override
    public String label() {
        return "from Kafka";
    }

    @Override
    public LiveConsumer consumer(boolean isCareful) {
        return new LiveConsumer(settings.consumer(clientId), settings.readsFollowers());
    }

    @Override
    public PollPace pace(long now) {
        return settings.pace(now);
    }

    @Override
    public void move(PollLoop loop, List<TopicReader> topics) {
        for (TopicReader topic : topics) {
            String why = topic.residence().leaves();
            if (why != null) {
                LOG.info("Topic '{}' gets a reader of its own for a while: {}", topic.topic(), why);
                topic.left();
                loop.give(topic, this::readAway);
            }
        }
    }

    private void readAway(TopicReader topic) {
        PollLoop own = new PollLoop(away(topic), topic.services());
        own.adopt(topic);
        own.start();
    }

    @Override
    public LoopKind away(TopicReader topic) {
        return new OwnReader(topic.settings(), SharedReader::comeBack);
    }

    private static void comeBack(TopicReader topic) {
        topic.returned();
        read(topic);
        LOG.info("Topic '{}' shares a reader again", topic.topic());
    }

    @Override
    public void ended(PollLoop loop) {
        synchronized (LOOPS) {
            LOOPS.computeIfPresent(common, (key, loops) -> {
                loops.remove(loop);
                return loops.isEmpty() ? null : loops;
            });
        }
    }
}
