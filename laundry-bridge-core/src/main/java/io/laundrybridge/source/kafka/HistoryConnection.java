package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The consumer of a history reader, made on demand. It is closed after a failure, and if it has given nothing for a
 * minute. A consumer that only knows brokers that are gone finds no others, and reports nothing. Confined to the
 * reading thread.
 */
final class HistoryConnection {
    private static final Duration FRUITLESS = Duration.ofMinutes(1);
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final String topic;
    private final Map<String, Object> properties;
    private final SeenEpochs epochs;
    private final LongSupplier nanoTime;
    private @Nullable HistoryConsumer consumer;
    private boolean fruitless;
    private long fruitlessSince;
    private long opened;

    HistoryConnection(String topic, Map<String, Object> properties, SeenEpochs epochs, LongSupplier nanoTime) {
        this.topic = topic;
        this.properties = properties;
        this.epochs = epochs;
        this.nanoTime = nanoTime;
    }

    /** Returns the consumer, and makes it if there is none. */
    HistoryConsumer consumer() {
        HistoryConsumer reader = consumer;
        if (reader == null) {
            reader = new HistoryConsumer(topic, properties, epochs);
            consumer = reader;
            opened = nanoTime.getAsLong();
        }
        return reader;
    }

    /** Returns whether the consumer was made just now, so that its view of the topic is new. */
    boolean isFresh() {
        return nanoTime.getAsLong() - opened < FRESH.toNanos();
    }

    /** Ends a reading, which gave something or nothing. */
    void used(boolean gaveSomething) {
        long now = nanoTime.getAsLong();
        if (gaveSomething || consumer == null || !fruitless) {
            fruitlessSince = now;
        } else if (now - fruitlessSince > FRUITLESS.toNanos()) {
            close();
        }
        fruitless = !gaveSomething;
    }

    void close() {
        HistoryConsumer reader = consumer;
        consumer = null;
        if (reader != null) {
            reader.close();
        }
    }
}
