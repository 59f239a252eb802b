package io.laundrybridge.source;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handler's reading of an {@link InMemorySource}. Its package-private methods are called under the source's lock
 * and only leave a task; the tasks, which call the handler, run one after the other.
 */
final class InMemoryReader implements SourceReader {
    private static final Logger LOG = LoggerFactory.getLogger(InMemoryReader.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final RecordHandler handler;
    private final InMemoryLog log;
    private final Executor tasks;
    private final LastReader end;
    private final ReentrantLock calling = new ReentrantLock();
    private final AtomicBoolean deliveryWaits = new AtomicBoolean();
    private volatile boolean closed;

    // Confined to the tasks.
    private String epoch = "";
    private long number;
    private PositionVector place = PositionVector.ORIGIN;
    private @Nullable PositionVector liveAt;

    InMemoryReader(RecordHandler handler, InMemoryLog log, Executor tasks, LastReader end) {
        this.handler = handler;
        this.log = log;
        this.tasks = tasks;
        this.end = end;
    }

    /** Lets go of a reader. */
    interface LastReader {
        /** The thread to wait for if {@code reader} was the last, else null. */
        @Nullable OwnThread letGo(InMemoryReader reader);
    }

    void begin(InMemoryLog.Start start) {
        task(() -> {
            stand(start);
            handler.opened(start.stream());
            handOver();
        });
    }

    void startOver(ResetReason reason, InMemoryLog.Start start) {
        task(() -> {
            stand(start);
            handler.reset(reason, start.stream());
            handOver();
        });
    }

    void deliver() {
        if (deliveryWaits.compareAndSet(false, true)) {
            task(this::handOver);
        }
    }

    void stale(String reason) {
        task(() -> handler.stale(reason));
    }

    void fresh() {
        task(handler::fresh);
    }

    private void stand(InMemoryLog.Start start) {
        epoch = start.stream().epoch();
        place = start.stream().start();
        number = start.number();
        liveAt = start.end();
    }

    private void handOver() {
        deliveryWaits.set(false);
        InMemoryLog.Slice slice = log.from(number);
        if (!slice.epoch().equals(epoch)) {
            return; // made again meanwhile: the task that starts over follows
        }
        PositionVector before = place;
        tellGaps(slice.beginning());
        number = slice.nextNumber();
        for (SourceRecord record : slice.records()) {
            if (closed) {
                return;
            }
            place = place.with(record.partition(), record.offset() + 1, PositionVector.NO_EPOCH);
            handler.record(record);
        }
        if (!place.equals(before)) {
            handler.batchEnd(place);
        }
        PositionVector goal = liveAt;
        if (goal != null && place.reaches(goal)) {
            liveAt = null;
            handler.live();
        }
    }

    private void tellGaps(PositionVector beginning) {
        for (int p = 0; p < beginning.partitions(); p++) {
            if (place.next(p) < beginning.next(p)) {
                handler.gap(Gap.of(p, place.next(p), beginning.next(p), GapReason.RETENTION));
                place = place.with(p, beginning.next(p), PositionVector.NO_EPOCH);
            }
        }
    }

    private void task(Runnable call) {
        tasks.execute(() -> run(call));
    }

    private void run(Runnable call) {
        calling.lock();
        try {
            if (!closed) {
                call.run();
            }
        } catch (Throwable thrown) {
            fail(thrown);
        } finally {
            calling.unlock();
        }
    }

    private void fail(Throwable thrown) {
        LOG.error("A handler threw and gets nothing more from its source", thrown);
        if (!closed) {
            closed = true;
            end.letGo(this);
            try {
                handler.failed(thrown);
            } catch (Throwable alsoThrown) {
                LOG.warn("A handler threw when it was told that its source failed", alsoThrown);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        OwnThread thread = end.letGo(this);
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            if (calling.tryLock(CLOSE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)) {
                calling.unlock();
            }
            if (thread != null) {
                thread.awaitEnd(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
