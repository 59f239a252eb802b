package io.laundrybridge.source.kafka;

import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.source.DeadLetters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to {@code <topic>-dlt}, with headers by the names that spring-kafka uses, which people's tools read.
 * Makes its producer when the first record comes. After a failure it tries no more for ten seconds, so that a flood of
 * undecodable records and a missing topic together do not stop the reading. Thread-safe.
 */
final class KafkaDeadLetters implements DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaDeadLetters.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration REST = Duration.ofSeconds(10);

    private final KafkaSettings settings;
    private final AtomicLong lost = new AtomicLong();
    private volatile HostServices services = HostServices.standard();

    // Guarded by this.
    private @Nullable Producer<byte[], byte[]> producer;
    private int users;

    private volatile long restsUntil;
    private volatile boolean rests;

    KafkaDeadLetters(KafkaSettings settings) {
        this.settings = settings;
    }

    /** Takes records from now on, with what {@code host} lends, until it was closed as often as opened. */
    synchronized void open(HostServices host) {
        services = host;
        users++;
        rests = false;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears how it went
    public void write(SourceRecord record, String reason) {
        if (rests && restsUntil - now() > 0) {
            lost(null);
            return;
        }
        rests = false;
        try {
            Producer<byte[], byte[]> sender = producer();
            if (sender == null) {
                lost(null);
            } else {
                sender.send(deadLetter(record, reason), (written, failure) -> written(failure));
            }
        } catch (RuntimeException e) {
            lost(e);
        }
    }

    private void written(@Nullable Exception failure) {
        if (failure == null) {
            services.telemetry().add(Meter.DEAD_LETTERS, "", 1);
        } else {
            lost(failure);
        }
    }

    private void lost(@Nullable Exception failure) {
        services.telemetry().add(Meter.DEAD_LETTERS_LOST, "", 1);
        long soFar = lost.incrementAndGet();
        if (failure != null) {
            restsUntil = now() + REST.toNanos();
            rests = true;
            LOG.warn(
                    "{} records were not written to the dead-letter topic '{}' so far; is it there, and may the bridge"
                            + " write to it? Trying again in {} s",
                    soFar,
                    settings.deadLetterTopic(),
                    REST.toSeconds(),
                    failure);
        }
    }

    private long now() {
        return services.nanoTime().getAsLong();
    }

    private synchronized @Nullable Producer<byte[], byte[]> producer() {
        if (producer == null && users > 0) {
            producer = new KafkaProducer<>(
                    settings.deadLetterProducer(), new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private ProducerRecord<byte[], byte[]> deadLetter(SourceRecord record, String reason) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(settings.deadLetterTopic(), record.key(), record.value());
        Headers headers = letter.headers();
        record.headers().forEach(header -> headers.add(header.name(), header.value()));
        headers.add("kafka_dlt-original-topic", record.topic().getBytes(StandardCharsets.UTF_8));
        headers.add(
                "kafka_dlt-original-partition",
                bytes(Integer.BYTES).putInt(record.partition()).array());
        headers.add(
                "kafka_dlt-original-offset",
                bytes(Long.BYTES).putLong(record.offset()).array());
        headers.add(
                "kafka_dlt-original-timestamp",
                bytes(Long.BYTES).putLong(record.timestamp()).array());
        headers.add("kafka_dlt-exception-message", reason.getBytes(StandardCharsets.UTF_8));
        return letter;
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size);
    }

    /** With the last user, sends what waits, for a second at most, and takes nothing more. */
    void close() {
        Producer<byte[], byte[]> sender;
        synchronized (this) {
            users--;
            sender = users == 0 ? producer : null;
            producer = users == 0 ? null : producer;
        }
        try {
            if (sender != null) {
                sender.close(CLOSE_TIMEOUT);
            }
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("The producer of dead letters for '{}' did not close cleanly", settings.deadLetterTopic(), e);
        }
    }
}
