package io.laundrybridge.example.database.capture;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes how the capture is to a topic, under the capture's name, so that pages can show it. While Kafka is away the
 * news wait in the producer for at most two minutes.
 */
public final class CaptureNews implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureNews.class);
    private static final Duration LAST_SENDS = Duration.ofSeconds(2);

    private final String topic;
    private final String name;
    private final KafkaProducer<String, byte[]> producer;

    /**
     * Makes a writer.
     *
     * @param topic has to be there
     * @param name the capture's name
     * @param kafka properties for the producer, at least {@code bootstrap.servers}
     */
    public CaptureNews(String topic, String name, Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        this.topic = topic;
        this.name = name;
        this.producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** Writes that the capture is {@code state} now. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets the result
    public void tell(CaptureState state) {
        String value = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "state", state.state().name().toLowerCase(Locale.ROOT),
                        "message", state.message(),
                        "since", Instant.now().toString()));
        producer.send(
                new ProducerRecord<>(topic, name, value.getBytes(StandardCharsets.UTF_8)),
                (place, failure) -> sent(state, failure));
    }

    private static void sent(CaptureState state, @Nullable Exception failure) {
        if (failure != null) {
            LOG.warn("Pages do not learn that the capture is {}: {}", state.state(), failure.getMessage());
        }
    }

    @Override
    public void close() {
        producer.close(LAST_SENDS);
    }
}
