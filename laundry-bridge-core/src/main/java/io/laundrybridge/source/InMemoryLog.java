package io.laundrybridge.source;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The newest records of an {@link InMemorySource}, in the order in which they were published. Thread-safe. */
final class InMemoryLog {
    private final String topic;
    private final int partitions;
    private final @Nullable SourceRecord[] ring;

    // Guarded by this. Records are numbered through all partitions; number n is at n modulo the ring's length.
    private long first;
    private long next;
    private PositionVector beginning;
    private PositionVector end;
    private String epoch;

    InMemoryLog(String topic, int partitions, int kept) {
        this.topic = topic;
        this.partitions = partitions;
        this.ring = new @Nullable SourceRecord[kept];
        this.beginning = PositionVector.of(new long[partitions]);
        this.end = beginning;
        this.epoch = newEpoch();
    }

    /** A place to read from: the stream's start, the number of the first record, and the end of the log. */
    record Start(StreamStart stream, long number, PositionVector end) {}

    /** A run of records that follow each other. {@code beginning} shows which earlier ones are gone. */
    record Slice(String epoch, List<SourceRecord> records, long nextNumber, PositionVector beginning) {}

    int partitions() {
        return partitions;
    }

    synchronized long append(
            int partition,
            long timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<SourceRecord.Header> headers) {
        if (next - first == ring.length) {
            SourceRecord oldest = at(first++);
            beginning = beginning.with(oldest.partition(), oldest.offset() + 1, PositionVector.NO_EPOCH);
        }
        long offset = end.next(partition);
        ring[(int) (next++ % ring.length)] = new SourceRecord(
                topic, partition, offset, PositionVector.NO_EPOCH, timestamp, key, value, List.copyOf(headers));
        end = end.with(partition, offset + 1, PositionVector.NO_EPOCH);
        return offset;
    }

    synchronized void clear() {
        first = next;
        beginning = PositionVector.of(new long[partitions]);
        end = beginning;
        epoch = newEpoch();
    }

    /** Returns where a reading begins if it wants no records older than {@code oldestMillis}. */
    synchronized Start start(long oldestMillis) {
        PositionVector start = beginning;
        long number = first;
        while (number < next && at(number).timestamp() < oldestMillis) {
            SourceRecord passed = at(number++);
            start = start.with(passed.partition(), passed.offset() + 1, PositionVector.NO_EPOCH);
        }
        return new Start(new StreamStart(epoch, beginning, start), number, end);
    }

    /** Returns the records from {@code number} on, as far as they are still kept. */
    synchronized Slice from(long number) {
        List<SourceRecord> records = new ArrayList<>();
        for (long n = Math.max(first, number); n < next; n++) {
            records.add(at(n));
        }
        return new Slice(epoch, records, next, beginning);
    }

    /**
     * Returns the first record of each partition that is stamped at or after {@code timestamp}, as far as it is still
     * kept.
     */
    synchronized PositionVector firstSince(long timestamp, PositionVector otherwise) {
        FirstSince search = new FirstSince(timestamp, partitions, otherwise);
        for (long n = first; n < next && !search.isComplete(); n++) {
            SourceRecord record = at(n);
            search.show(record.partition(), record.offset(), record.timestamp());
        }
        return search.place();
    }

    private SourceRecord at(long number) {
        return Objects.requireNonNull(ring[(int) (number % ring.length)]);
    }

    private static String newEpoch() {
        return Long.toString(ThreadLocalRandom.current().nextLong(1L << 60), Character.MAX_RADIX);
    }
}
