package io.laundrybridge.source.kafka;

import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.source.HistoryException;
import io.laundrybridge.source.HistoryHandler;
import io.laundrybridge.source.HistoryReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Reads a topic again with a consumer of its own, which is made anew after a failure. */
final class KafkaHistoryReader implements HistoryReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration FRUITLESS = Duration.ofMinutes(1);
    private static final long FRESH_NANOS = 5_000_000_000L;

    private final String topic;
    private final Map<String, Object> properties;
    private final SeenEpochs epochs;
    private final LongSupplier nanoTime;
    private final CorruptRecords corrupt;
    private @Nullable HistoryConsumer consumer;
    private boolean fruitless;
    private long fruitlessSince;
    private long opened;

    KafkaHistoryReader(String topic, Map<String, Object> properties, SeenEpochs epochs, LongSupplier nanoTime) {
        this.epochs = epochs;
        this.topic = topic;
        this.properties = properties;
        this.nanoTime = nanoTime;
        this.corrupt = new CorruptRecords(topic);
    }

    @Override
    public PositionVector read(PositionVector from, PositionVector until, Duration longest, HistoryHandler handler)
            throws HistoryException, InterruptedException {
        long end = nanoTime.getAsLong() + longest.toNanos();
        HistoryRange range = new HistoryRange(from, until, handler);
        try {
            HistoryConsumer reader = consumer();
            reader.readFrom(range);
            while (!range.done() && handler.wantsMore() && nanoTime.getAsLong() - end < 0) {
                poll(reader, range);
            }
            PositionVector place = range.place();
            renewIfFruitless(range.done() || !place.equals(from));
            return place;
        } catch (LogTruncationException e) {
            throw failed(HistoryException.Reason.TRUNCATED, e);
        } catch (InterruptException e) {
            closeConsumer();
            throw interrupted(e);
        } catch (KafkaException e) {
            throw failed(HistoryException.Reason.UNAVAILABLE, e);
        } catch (Error e) {
            throw unreadable(ClientErrors.ofReading(e));
        }
    }

    @Override
    public PositionVector firstSince(long timestamp, PositionVector otherwise)
            throws HistoryException, InterruptedException {
        try {
            return consumer().firstSince(timestamp, otherwise);
        } catch (InterruptException e) {
            closeConsumer();
            throw interrupted(e);
        } catch (KafkaException e) {
            throw failed(HistoryException.Reason.UNAVAILABLE, e);
        }
    }

    /** A consumer that knows only brokers that are gone finds no others, and says nothing. */
    private void renewIfFruitless(boolean gaveSomething) {
        long now = nanoTime.getAsLong();
        if (gaveSomething || consumer == null || !fruitless) {
            fruitlessSince = now;
        } else if (now - fruitlessSince > FRUITLESS.toNanos()) {
            closeConsumer();
        }
        fruitless = !gaveSomething;
    }

    /** {@inheritDoc} Kafka's client remembers how many partitions a topic has, so an older one is asked anew. */
    @Override
    public PositionVector beginning(PositionVector otherwise, int partitions)
            throws HistoryException, InterruptedException {
        try {
            PositionVector place = consumer().beginning();
            if (place.partitions() < partitions && nanoTime.getAsLong() - opened >= FRESH_NANOS) {
                closeConsumer();
                place = consumer().beginning();
            }
            return place;
        } catch (InterruptException e) {
            closeConsumer();
            throw interrupted(e);
        } catch (KafkaException e) {
            throw failed(HistoryException.Reason.UNAVAILABLE, e);
        }
    }

    private void poll(HistoryConsumer reader, HistoryRange range) throws HistoryException {
        try {
            reader.poll(POLL, range);
        } catch (LogTruncationException | InterruptException e) {
            throw e;
        } catch (OffsetOutOfRangeException e) {
            passRemoved(reader, range, e);
        } catch (KafkaException e) {
            passDamaged(reader, range, e);
        }
    }

    /** Kafka no longer has the place: what was removed is a gap. A place beyond the end no longer exists. */
    private void passRemoved(HistoryConsumer reader, HistoryRange range, OffsetOutOfRangeException lost)
            throws HistoryException {
        for (var beginning : reader.beginnings(lost.partitions()).entrySet()) {
            int partition = beginning.getKey().partition();
            if (range.next(partition) >= beginning.getValue()) {
                throw failed(HistoryException.Reason.TRUNCATED, lost);
            }
            range.skip(partition, beginning.getValue(), GapReason.RETENTION);
        }
        reader.readFrom(range);
    }

    private void passDamaged(HistoryConsumer reader, HistoryRange range, KafkaException failure)
            throws HistoryException {
        Optional<Error> error = ClientErrors.error(failure);
        if (error.isPresent()) {
            throw unreadable(error.get());
        }
        OptionalInt damaged = corrupt.partition(failure);
        int partition = damaged.orElseThrow(() -> failure);
        if (corrupt.givesUp(partition, range.next(partition))) {
            range.skip(partition, range.next(partition) + 1, GapReason.UNDECODABLE);
        }
        reader.lose(partition);
        reader.readFrom(range);
    }

    private HistoryConsumer consumer() {
        HistoryConsumer reader = consumer;
        if (reader == null) {
            reader = new HistoryConsumer(topic, properties, epochs);
            consumer = reader;
            opened = nanoTime.getAsLong();
        }
        return reader;
    }

    private HistoryException failed(HistoryException.Reason reason, KafkaException cause) {
        closeConsumer();
        String sentence = reason == HistoryException.Reason.TRUNCATED
                ? "Topic '" + topic + "' no longer has the records that lay there"
                : StaleCause.of(topic, cause).sentence();
        return new HistoryException(reason, sentence, cause);
    }

    /** The records are whole, but this node cannot read them. */
    private HistoryException unreadable(Error error) {
        closeConsumer();
        String sentence = StaleCause.unreadable(topic, error).sentence();
        return new HistoryException(HistoryException.Reason.UNAVAILABLE, sentence, error);
    }

    private static InterruptedException interrupted(InterruptException cause) {
        Thread.interrupted(); // the exception carries it on
        InterruptedException interrupted = new InterruptedException("while reading again");
        interrupted.initCause(cause);
        return interrupted;
    }

    private void closeConsumer() {
        HistoryConsumer reader = consumer;
        consumer = null;
        if (reader != null) {
            reader.close();
        }
    }

    @Override
    public void close() {
        closeConsumer();
    }
}
