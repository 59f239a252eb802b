package io.laundrybridge.source;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
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
    private final HostServices services;
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
    private @Nullable String staleBy;
    private @Nullable Retry retry;

    InMemoryReader(RecordHandler handler, InMemoryLog log, Executor tasks, HostServices services, LastReader end) {
        this.handler = handler;
        this.services = services;
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
        task(() -> {
            staleBy = reason;
            handler.stale(reason);
        });
    }

    void fresh() {
        task(() -> {
            staleBy = null;
            if (retry == null) {
                handler.fresh();
            }
        });
    }

    private void stand(InMemoryLog.Start start) {
        epoch = start.stream().epoch();
        place = start.stream().start();
        number = start.number();
        endRetry();
        liveAt = start.end();
    }

    private void handOver() {
        deliveryWaits.set(false);
        InMemoryLog.Slice slice = log.from(number);
        if (!slice.epoch().equals(epoch) || (retry != null && !retry.isOver())) {
            return; // made again meanwhile, or a record is held: the task that goes on follows
        }
        PositionVector before = place;
        tellGaps(slice.beginning());
        boolean all = take(slice);
        if (closed) {
            return;
        }
        if (!place.equals(before)) {
            handler.batchEnd(place);
        }
        if (all) {
            recovered();
        }
        PositionVector goal = liveAt;
        if (goal != null && place.reaches(goal)) {
            liveAt = null;
            handler.live();
        }
    }

    /** Hands the records over; false if that ended before one that cannot be decoded now. */
    private boolean take(InMemoryLog.Slice slice) {
        long at = slice.nextNumber() - slice.records().size();
        for (SourceRecord record : slice.records()) {
            if (closed) {
                return false;
            }
            try {
                handler.record(record);
            } catch (RetriableDecodeException e) {
                hold(e);
                return false;
            }
            place = place.with(record.partition(), record.offset() + 1, PositionVector.NO_EPOCH);
            number = ++at;
        }
        number = slice.nextNumber();
        return true;
    }

    private void hold(RetriableDecodeException why) {
        LOG.debug("A record cannot be decoded now", why);
        if (retry == null) {
            retry = new Retry(services, () -> task(this::handOver));
            handler.stale(String.valueOf(why.getMessage()));
        }
        retry.begin();
    }

    private void recovered() {
        if (retry != null) {
            retry = null;
            if (staleBy == null) {
                handler.fresh();
            } else {
                handler.stale(staleBy);
            }
        }
    }

    private void endRetry() {
        if (retry != null) {
            retry.end();
            recovered();
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
                if (retry != null) {
                    retry.end();
                }
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
