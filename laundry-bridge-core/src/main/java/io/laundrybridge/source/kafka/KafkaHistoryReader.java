package io.laundrybridge.source.kafka;

import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.kafka.ClientErrors;
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

/** Reads a topic again with a consumer of its own, which is replaced after a failure. */
final class KafkaHistoryReader implements HistoryReader {
    private static final Duration POLL = Duration.ofMillis(200);

    private final HistoryConnection connection;
    private final LongSupplier nanoTime;
    private final CorruptRecords corrupt;
    private final HistoryErrors errors;

    KafkaHistoryReader(String topic, Map<String, Object> properties, SeenEpochs epochs, LongSupplier nanoTime) {
        this.connection = new HistoryConnection(topic, properties, epochs, nanoTime);
        this.nanoTime = nanoTime;
        this.corrupt = new CorruptRecords(topic);
        this.errors = new HistoryErrors(topic);
    }

    @Override
    public PositionVector read(PositionVector from, PositionVector until, Duration longest, HistoryHandler handler)
            throws HistoryException, InterruptedException {
        HistoryRange range = new HistoryRange(from, until, handler);
        return guarded(() -> {
            read(range, handler, longest);
            PositionVector place = range.place();
            connection.used(range.done() || !place.equals(from));
            return place;
        });
    }

    private void read(HistoryRange range, HistoryHandler handler, Duration longest) throws HistoryException {
        long end = nanoTime.getAsLong() + longest.toNanos();
        HistoryConsumer reader = connection.consumer();
        reader.readFrom(range);
        while (!range.done() && handler.wantsMore() && nanoTime.getAsLong() - end < 0) {
            poll(reader, range);
        }
    }

    @Override
    public PositionVector firstSince(long timestamp, PositionVector otherwise)
            throws HistoryException, InterruptedException {
        return guarded(() -> connection.consumer().firstSince(timestamp, otherwise));
    }

    private interface Reading {
        PositionVector read() throws HistoryException;
    }

    /** Closes the consumer after a failure, so that the next reading makes another. */
    private PositionVector guarded(Reading reading) throws HistoryException, InterruptedException {
        try {
            return reading.read();
        } catch (HistoryException e) {
            throw closing(e);
        } catch (LogTruncationException e) {
            throw closing(errors.truncated(e));
        } catch (InterruptException e) {
            throw closing(HistoryErrors.interrupted(e));
        } catch (KafkaException e) {
            throw closing(errors.unavailable(e));
        } catch (Error e) {
            throw closing(errors.unreadable(ClientErrors.ofReading(e)));
        }
    }

    private <E extends Exception> E closing(E failure) {
        connection.close();
        return failure;
    }

    /** {@inheritDoc} Kafka's client caches how many partitions a topic has, so an older client asks Kafka again. */
    @Override
    public PositionVector beginning(PositionVector otherwise, int partitions)
            throws HistoryException, InterruptedException {
        return guarded(() -> {
            PositionVector place = connection.consumer().beginning();
            if (place.partitions() < partitions && !connection.isFresh()) {
                connection.close();
                place = connection.consumer().beginning();
            }
            return place;
        });
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

    /** Passes a place that Kafka no longer has. Removed records are a gap; a place beyond the end no longer exists. */
    private void passRemoved(HistoryConsumer reader, HistoryRange range, OffsetOutOfRangeException lost)
            throws HistoryException {
        for (var beginning : reader.beginnings(lost.partitions()).entrySet()) {
            int partition = beginning.getKey().partition();
            if (range.next(partition) >= beginning.getValue()) {
                throw errors.truncated(lost);
            }
            range.skip(partition, beginning.getValue(), GapReason.RETENTION);
        }
        reader.readFrom(range);
    }

    private void passDamaged(HistoryConsumer reader, HistoryRange range, KafkaException failure)
            throws HistoryException {
        Optional<Error> error = ClientErrors.error(failure);
        if (error.isPresent()) {
            throw errors.unreadable(error.get());
        }
        OptionalInt damaged = corrupt.partition(failure);
        int partition = damaged.orElseThrow(() -> failure);
        if (corrupt.givesUp(partition, range.next(partition))) {
            range.skip(partition, range.next(partition) + 1, GapReason.UNDECODABLE);
        }
        reader.lose(partition);
        reader.readFrom(range);
    }

    @Override
    public void close() {
        connection.close();
    }
}
