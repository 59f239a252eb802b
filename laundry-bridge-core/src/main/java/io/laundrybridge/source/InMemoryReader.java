package io.laundrybridge.source;

import io.laundrybridge.error.RetriableDecodeException;
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

    private final HandlerPlace place;
    private final HostServices services;
    private final InMemoryLog log;
    private final Executor tasks;
    private final LastReader end;
    private final ReentrantLock calling = new ReentrantLock();
    private final AtomicBoolean deliveryWaits = new AtomicBoolean();

    // Confined to the tasks.
    private String epoch = "";
    private long number;
    private @Nullable String staleBy;
    private @Nullable Retry retry;

    InMemoryReader(HandlerPlace place, InMemoryLog log, Executor tasks, HostServices services, LastReader end) {
        this.place = place;
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
            standAt(start);
            place.begin(start.stream(), start.end());
            handOver();
        });
    }

    void startOver(ResetReason reason, InMemoryLog.Start start) {
        task(() -> {
            standAt(start);
            place.beginAgain(reason, start.stream(), start.end());
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
            place.call(told -> told.stale(reason));
        });
    }

    void fresh() {
        task(() -> {
            staleBy = null;
            if (retry == null) {
                place.call(RecordHandler::fresh);
            }
        });
    }

    private void standAt(InMemoryLog.Start start) {
        epoch = start.stream().epoch();
        number = start.number();
        endRetry();
    }

    private void handOver() {
        deliveryWaits.set(false);
        InMemoryLog.Slice slice = log.from(number);
        if (!slice.epoch().equals(epoch) || (retry != null && !retry.isOver())) {
            return; // made again meanwhile, or a record is held: the task that goes on follows
        }
        passRemoved(slice.beginning());
        boolean all = take(slice);
        place.batchEnd();
        if (all) {
            recovered();
        }
        place.announceLive();
    }

    /** Hands the records over; false if that ended before one that cannot be decoded now. */
    private boolean take(InMemoryLog.Slice slice) {
        long at = slice.nextNumber() - slice.records().size();
        for (SourceRecord record : slice.records()) {
            if (place.isClosed()) {
                return false;
            }
            try {
                place.record(record);
            } catch (RetriableDecodeException e) {
                hold(e);
                return false;
            }
            number = ++at;
        }
        number = slice.nextNumber();
        return true;
    }

    private void hold(RetriableDecodeException why) {
        LOG.debug("A record cannot be decoded now", why);
        if (retry == null) {
            retry = new Retry(services, () -> task(this::handOver));
            place.call(told -> told.stale(String.valueOf(why.getMessage())));
        }
        retry.begin();
    }

    private void recovered() {
        if (retry != null) {
            retry = null;
            String reason = staleBy;
            place.call(told -> {
                if (reason == null) {
                    told.fresh();
                } else {
                    told.stale(reason);
                }
            });
        }
    }

    private void endRetry() {
        if (retry != null) {
            retry.end();
            recovered();
        }
    }

    private void passRemoved(PositionVector beginning) {
        for (int p = 0; p < beginning.partitions(); p++) {
            place.lost(p, beginning.next(p), GapReason.RETENTION);
        }
    }

    private void task(Runnable call) {
        tasks.execute(() -> run(call));
    }

    private void run(Runnable call) {
        calling.lock();
        try {
            if (!place.isClosed()) {
                call.run();
            }
        } catch (RuntimeException | Error broken) {
            LOG.error("A handler gets nothing more from its source, which failed", broken);
            place.fail(broken);
        } finally {
            calling.unlock();
        }
        if (place.isClosed()) {
            end.letGo(this);
        }
    }

    @Override
    public void close() {
        place.close();
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
