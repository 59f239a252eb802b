package io.laundrybridge.test.contract;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.StreamStart;
import io.laundrybridge.test.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A handler that records every call of a source, and whether two calls ever overlapped. Thread-safe. */
public class SourceTape implements RecordHandler {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final List<String> calls = new ArrayList<>();
    private final List<SourceRecord> records = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<StreamStart> starts = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final AtomicBoolean inCall = new AtomicBoolean();
    private final Consumer<SourceRecord> reaction;
    private PositionVector progress = PositionVector.ORIGIN;
    private boolean overlapped;

    /** Returns a tape that only records. */
    public SourceTape() {
        this(record -> {});
    }

    /** Returns a tape that does {@code reaction} at each record, on the source's thread, after recording it. */
    public SourceTape(Consumer<SourceRecord> reaction) {
        this.reaction = reaction;
    }

    @Override
    public void opened(StreamStart start) {
        write("opened", () -> starts.add(start));
    }

    @Override
    public void record(SourceRecord record) {
        write(text(record), () -> records.add(record));
        reaction.accept(record);
    }

    @Override
    public void gap(Gap gap) {
        write("gap " + gap.reason().code(), () -> gaps.add(gap));
    }

    @Override
    public void batchEnd(PositionVector place) {
        write("batchEnd", () -> progress = place);
    }

    @Override
    public void live() {
        write("live", () -> {});
    }

    @Override
    public void stale(String reason) {
        write("stale: " + reason, () -> {});
    }

    @Override
    public void fresh() {
        write("fresh", () -> {});
    }

    @Override
    public void reset(ResetReason reason, StreamStart start) {
        write("reset " + reason.code(), () -> starts.add(start));
    }

    @Override
    public void failed(Throwable cause) {
        write("failed", () -> failures.add(cause));
    }

    private void write(String call, Runnable keep) {
        boolean alone = inCall.compareAndSet(false, true);
        synchronized (this) {
            overlapped |= !alone;
            calls.add(call);
            keep.run();
        }
        inCall.set(false);
    }

    /** Returns every call in order; records as {@code key=value}. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** Returns the records alone, as {@code key=value}. */
    public synchronized List<String> texts() {
        return records.stream().map(SourceTape::text).toList();
    }

    public synchronized List<SourceRecord> records() {
        return List.copyOf(records);
    }

    public synchronized List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    public synchronized List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Returns where reading began, and began again. */
    public synchronized List<StreamStart> starts() {
        return List.copyOf(starts);
    }

    /** Returns where the last batch ended. */
    public synchronized PositionVector progress() {
        return progress;
    }

    /** Returns whether two calls came at the same time, which no source may do. */
    public synchronized boolean overlapped() {
        return overlapped;
    }

    /** Returns whether {@code call} was made. */
    public boolean told(String call) {
        return calls().contains(call);
    }

    /** Waits until the source has made {@code call}. */
    public SourceTape awaitCall(String call) {
        return await("told '" + call + "'", tape -> tape.told(call));
    }

    /** Waits until the source is stale for a reason that contains {@code words}. */
    public SourceTape awaitStale(String words) {
        return await(
                "stale: " + words,
                tape -> tape.calls().stream().anyMatch(call -> call.startsWith("stale: ") && call.contains(words)));
    }

    /** Waits for that many records. */
    public SourceTape awaitRecords(int count) {
        return await(count + " records", tape -> tape.records().size() >= count);
    }

    /** Waits until {@code condition} holds. */
    public SourceTape await(String what, Predicate<SourceTape> condition) {
        try {
            Await.until(what, DEADLINE, () -> condition.test(this));
            return this;
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; told was " + calls(), e);
        }
    }

    private static String text(SourceRecord record) {
        return text(record.key()) + "=" + text(record.value());
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }
}
