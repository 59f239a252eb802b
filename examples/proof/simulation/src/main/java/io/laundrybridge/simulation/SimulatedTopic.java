package io.laundrybridge.simulation;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.DeadLetters;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.HistoryHandler;
import io.laundrybridge.source.HistoryReader;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.source.StreamStart;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A topic of one partition whose records are made when they are read. It keeps all of them. */
final class SimulatedTopic implements EventSource {
    static final String EPOCH = "sim";

    private static final byte[] KEY = "machine-17".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final byte[] VALUE =
            ("{\"text\":\"" + "x".repeat(189) + "\"}").getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final EventRate rate;
    private final long startMillis;
    private final LongConsumer reading;
    private @Nullable RecordHandler handler;
    private long next;

    /**
     * Makes a topic.
     *
     * @param startMillis the wall time at which it begins
     * @param reading gets the number of records that were read again, on the thread that read them
     */
    SimulatedTopic(EventRate rate, long startMillis, LongConsumer reading) {
        this.rate = rate;
        this.startMillis = startMillis;
        this.reading = reading;
    }

    /** Hands over what is due before {@code now}; returns how many records that is. */
    long poll(long now) {
        RecordHandler open = Objects.requireNonNull(handler);
        long end = rate.dueBefore(now);
        long first = next;
        for (; next < end; next++) {
            open.record(record(next));
        }
        if (next > first) {
            open.batchEnd(PositionVector.of(next));
        }
        return next - first;
    }

    private SourceRecord record(long offset) {
        long timestamp = startMillis + rate.due(offset) / 1_000_000;
        return new SourceRecord("simulated", 0, offset, PositionVector.NO_EPOCH, timestamp, KEY, VALUE, List.of());
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public SourceReader open(ReadRequest request, RecordHandler opened) {
        handler = opened;
        opened.opened(new StreamStart(EPOCH, PositionVector.of(0), PositionVector.of(0)));
        opened.live();
        return () -> {};
    }

    @Override
    public HistoryReader history(HostServices services) {
        return new History();
    }

    @Override
    public DeadLetters deadLetters() {
        return (record, reason) -> {
            throw new IllegalStateException("a record could not be shown: " + reason);
        };
    }

    private final class History implements HistoryReader {
        @Override
        public PositionVector read(PositionVector from, PositionVector until, Duration longest, HistoryHandler taker) {
            long offset = from.next(0);
            while (offset < until.next(0) && taker.wantsMore()) {
                taker.record(record(offset++));
            }
            reading.accept(offset - from.next(0));
            return PositionVector.of(offset);
        }

        @Override
        public PositionVector firstSince(long timestamp, PositionVector otherwise) {
            throw new UnsupportedOperationException("no session of the simulation starts at a time");
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
