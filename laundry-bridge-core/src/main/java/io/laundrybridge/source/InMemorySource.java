package io.laundrybridge.source;

import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A stream of records inside this process, for events that need no Kafka, and for tests. It keeps the newest records in
 * memory, so that later handlers get their history. Thread-safe.
 *
 * <p>Handlers are called on a thread {@code laundry-bridge-<name>-source} of the first reader's {@code HostServices},
 * which ends with the last reader, or on the executor that was given. A handler gets a gap if the source no longer
 * keeps its next record. A thread {@code laundry-bridge-retry} waits for the next try of a record that cannot be
 * decoded now.
 */
public final class InMemorySource implements EventSource {

    /** The number of kept records by default. */
    public static final int DEFAULT_KEPT = 10_000;

    private final String name;
    private final InMemoryLog log;
    private final int kept;
    private final @Nullable Executor executor;
    private final InstantSource clock = InstantSource.system();

    // Guarded by this.
    private final List<InMemoryReader> readers = new ArrayList<>();
    private final Deque<DeadLetter> deadLetters = new ArrayDeque<>();
    private @Nullable String stalled;
    private @Nullable OwnThread thread;
    private int keyless;

    private InMemorySource(String name, int partitions, int kept, @Nullable Executor executor) {
        if (partitions < 1 || kept < 1) {
            throw new IllegalArgumentException("Source '" + name + "' was given partitions=" + partitions + " and kept="
                    + kept + "; expected at least 1 of each");
        }
        this.name = name;
        this.kept = kept;
        this.executor = executor;
        this.log = new InMemoryLog(name, partitions, kept);
    }

    /** The place of a published record. */
    public record Place(int partition, long offset) {}

    /** A record that no channel could decode, and why. */
    public record DeadLetter(SourceRecord record, String reason) {}

    /**
     * {@return a source with one partition, {@value #DEFAULT_KEPT} records kept and a thread of its own}
     *
     * @param name names the source in logs and threads
     */
    public static InMemorySource named(String name) {
        return named(name, 1);
    }

    /**
     * Returns a source that keeps {@value #DEFAULT_KEPT} records and has a thread of its own.
     *
     * @param name names the source in logs and threads
     * @param partitions at least 1
     * @return the source
     * @throws IllegalArgumentException if {@code partitions} is below 1
     */
    public static InMemorySource named(String name, int partitions) {
        return new InMemorySource(name, partitions, DEFAULT_KEPT, null);
    }

    /**
     * Returns a source.
     *
     * @param name names the source in logs and threads
     * @param partitions at least 1
     * @param kept how many records are kept, of all partitions together
     * @param executor calls the handlers, one call at a time
     * @return the source
     * @throws IllegalArgumentException if {@code partitions} or {@code kept} is below 1
     */
    public static InMemorySource named(String name, int partitions, int kept, Executor executor) {
        return new InMemorySource(name, partitions, kept, executor);
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Publishes UTF-8 texts with the current time; a null value is a deletion. Keys choose the partition.
     *
     * @param key chooses the partition; null for any
     * @param value the value; null for a deletion
     * @return the record's place
     */
    public Place publish(@Nullable String key, @Nullable String value) {
        return publish(utf8(key), utf8(value));
    }

    /**
     * Publishes bytes with the current time; a null value is a deletion. The arrays must not be changed any more.
     *
     * @param key chooses the partition; null for any
     * @param value the value; null for a deletion
     * @return the record's place
     */
    public Place publish(byte @Nullable [] key, byte @Nullable [] value) {
        return publish(key, value, clock.millis(), List.of());
    }

    /**
     * Publishes a record with a timestamp, in milliseconds since 1970, and headers of its own.
     *
     * @param key chooses the partition; null for any
     * @param value the value; null for a deletion
     * @param timestamp milliseconds since 1970
     * @param headers the headers in their order
     * @return the record's place
     */
    public synchronized Place publish(
            byte @Nullable [] key, byte @Nullable [] value, long timestamp, List<SourceRecord.Header> headers) {
        int partition = Math.floorMod(key == null ? keyless++ : Arrays.hashCode(key), log.partitions());
        long offset = log.append(partition, timestamp, key, value, headers);
        readers.forEach(InMemoryReader::deliver);
        return new Place(partition, offset);
    }

    /** Forgets everything and begins a new life of the stream, as a topic that is deleted and made again. */
    public synchronized void recreate() {
        log.clear();
        InMemoryLog.Start start = log.start(Long.MIN_VALUE);
        readers.forEach(reader -> reader.startOver(ResetReason.EPOCH, start));
    }

    /**
     * Makes the handlers stale; records are still handed over.
     *
     * @param reason why, in one sentence without addresses or secrets
     */
    public synchronized void stall(String reason) {
        stalled = reason;
        readers.forEach(reader -> reader.stale(reason));
    }

    /** Ends {@link #stall}. */
    public synchronized void resume() {
        if (stalled != null) {
            stalled = null;
            readers.forEach(InMemoryReader::fresh);
        }
    }

    @Override
    public synchronized SourceReader open(ReadRequest request, RecordHandler handler) {
        var reader = new InMemoryReader(
                new HandlerPlace(request.channel(), handler),
                log,
                new SerialExecutor(executor(request)),
                request.services(),
                this::letGo);
        readers.add(reader);
        reader.begin(log.start(oldestMillis(request)));
        if (stalled != null) {
            reader.stale(stalled);
        }
        return reader;
    }

    @Override
    public HistoryReader history(HostServices services) {
        return new InMemoryHistory(log);
    }

    private Executor executor(ReadRequest request) {
        if (executor != null) {
            return executor;
        }
        if (thread == null) {
            thread = new OwnThread(request.services(), name + "-source");
        }
        return thread;
    }

    private static long oldestMillis(ReadRequest request) {
        if (request.history().isZero()) {
            return Long.MAX_VALUE;
        }
        long now = request.services().clock().millis();
        return request.history().toSeconds() >= now / 1_000
                ? Long.MIN_VALUE
                : now - request.history().toMillis();
    }

    /**
     * Removes {@code reader}.
     *
     * @return the thread to wait for, if it was the last
     */
    private synchronized @Nullable OwnThread letGo(InMemoryReader reader) {
        readers.remove(reader);
        OwnThread running = thread;
        if (running == null || !readers.isEmpty()) {
            return null;
        }
        thread = null;
        running.stop();
        return running;
    }

    /** {@return a store of undecodable records in memory; see {@link #deadLettered()}} */
    @Override
    public DeadLetters deadLetters() {
        return this::bury;
    }

    private synchronized void bury(SourceRecord record, String reason) {
        if (deadLetters.size() == kept) {
            deadLetters.removeFirst();
        }
        deadLetters.addLast(new DeadLetter(record, reason));
    }

    /** {@return the newest records that no channel could decode, oldest first; as many as the source keeps} */
    public synchronized List<DeadLetter> deadLettered() {
        return List.copyOf(deadLetters);
    }

    private static byte @Nullable [] utf8(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
