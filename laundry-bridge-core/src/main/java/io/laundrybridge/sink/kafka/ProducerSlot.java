package io.laundrybridge.sink.kafka;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.kafka.Backoff;
import io.laundrybridge.kafka.ClientErrors;
import io.laundrybridge.logging.RateLimitedLog;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of the one producer of a loop. A producer that broke is closed, and made anew after a pause. Confined to
 * the send loop, except {@link #trouble}.
 */
final class ProducerSlot {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerSlot.class);

    private final ProducerSettings settings;
    private final LongSupplier nanoTime;
    private final RateLimitedLog log;
    private final String clientId;
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
    private final Backoff patience = new Backoff(Duration.ofMinutes(2), Duration.ofMinutes(16));
    private @Nullable LiveProducer producer;
    private boolean unanswered;
    private long lostAt;
    private long makeAt;
    private volatile String trouble = "";

    ProducerSlot(ProducerSettings settings, HostServices services) {
        this.settings = settings;
        this.nanoTime = services.nanoTime();
        this.log = new RateLimitedLog(LOG, nanoTime);
        this.clientId = settings.newClientId();
        this.makeAt = nanoTime.getAsLong();
    }

    /** Returns the producer, made now if that is due; null if there is none at present. */
    @Nullable LiveProducer producer() {
        if (producer == null && nanoTime.getAsLong() - makeAt >= 0) {
            try {
                producer = LiveProducer.of(settings.producer(clientId));
                trouble = "";
            } catch (KafkaException | LinkageError e) {
                rest();
                trouble = "Kafka's producer cannot be made of its properties";
                log.warn(trouble + " (" + ClientErrors.inWords(e) + ")");
            }
        }
        return producer;
    }

    boolean isEmpty() {
        return producer == null;
    }

    /** Returns when the next producer is due. Has a meaning while there is none. */
    long makeAt() {
        return makeAt;
    }

    /** Kafka has answered: the next pause is a short one. */
    void answered() {
        backoff.reset();
        patience.reset();
        unanswered = false;
    }

    /** Kafka has not answered. */
    void unanswered() {
        if (!unanswered) {
            unanswered = true;
            lostAt = nanoTime.getAsLong() + patience.next().toNanos();
        }
    }

    /**
     * Replaces a producer that has had no answer for minutes, and has no connection. It asks only brokers that it has
     * known; a new one asks those of {@code bootstrap.servers}. Each time that is tried after a longer pause.
     *
     * @return whether it was replaced
     */
    boolean replaceIfLost() {
        LiveProducer live = producer;
        if (live == null || !unanswered || nanoTime.getAsLong() - lostAt < 0 || !live.isAlone()) {
            return false;
        }
        unanswered = false;
        return replace(live);
    }

    /** Closes {@code broken}. Its other records are reported as failed. Returns false if it is closed already. */
    boolean replace(LiveProducer broken) {
        if (producer != broken) {
            return false;
        }
        producer = null;
        rest();
        close(broken);
        return true;
    }

    private void rest() {
        makeAt = nanoTime.getAsLong() + backoff.next().toNanos();
    }

    /** Closes the producer for good. */
    void end() {
        trouble = "the thread that writes to Kafka has ended";
        LiveProducer last = producer;
        producer = null;
        if (last != null) {
            close(last);
        }
    }

    private static void close(LiveProducer live) {
        try {
            live.close();
        } catch (KafkaException e) {
            LOG.debug("A producer did not close well", e);
        }
    }

    /** Returns why no producer can be made; "" if there is one. Any thread. */
    String trouble() {
        return trouble;
    }
}
