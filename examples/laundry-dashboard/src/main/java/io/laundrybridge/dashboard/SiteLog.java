package io.laundrybridge.dashboard;

import io.laundrybridge.Bridge;
import io.laundrybridge.callback.CallbackSink;
import io.laundrybridge.event.Event;
import io.laundrybridge.policy.Access;
import io.laundrybridge.source.kafka.KafkaSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes one summary per site every two seconds, from what the machines report: a derived view, as a Kafka Streams job
 * would make it. Reads the machines' topic by a bridge of its own, whose sink is a callback.
 */
final class SiteLog implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 2_000;
    private static final Duration LAST_SENDS = Duration.ofSeconds(2);

    private final JsonMapper json = new JsonMapper();
    private final Map<String, SiteSummary> sites = new TreeMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Producer<String, byte[]> producer;
    private final Bridge reports;
    private final Thread thread = new Thread(this::run, "laundry-sites");

    private SiteLog(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        this.producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        this.reports = Bridge.from(KafkaSource.topic(LaundryTopic.NAME, kafka))
                .channel("reports")
                .access(Access.anonymous()) // no client can reach it: its only sink is this one
                .to(CallbackSink.to(this::take));
        thread.setDaemon(true);
    }

    /** Starts with {@code kafka} as the properties of every Kafka client. */
    static SiteLog start(Map<String, Object> kafka) {
        SiteLog log = new SiteLog(kafka);
        log.reports.start();
        log.thread.start();
        return log;
    }

    /** The callback's thread. */
    private void take(Event event) {
        String key = event.key();
        if (key == null) {
            return;
        }
        int slash = key.indexOf('/');
        String site = slash < 0 ? "elsewhere" : key.substring(0, slash);
        JsonNode report = json.readTree(event.value());
        synchronized (sites) {
            sites.computeIfAbsent(site, any -> new SiteSummary())
                    .take(key.substring(slash + 1), report.isNull() ? null : report, event.timestamp());
        }
    }

    private void run() {
        try {
            while (!stop.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the next summary makes up for one that does not arrive
    private void write() {
        Map<String, Object> values = new TreeMap<>();
        synchronized (sites) {
            sites.forEach((site, summary) -> values.put(site, summary.value()));
        }
        values.forEach((site, value) ->
                producer.send(new ProducerRecord<>(LaundryTopic.SITES, site, json.writeValueAsBytes(value))));
    }

    @Override
    public void close() {
        stop.countDown();
        reports.close();
        producer.close(LAST_SENDS);
    }
}
