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
 * One handler's reading of an {@link InMemorySource}. The package-private methods are called under the source's lock
 * and only add a task. The tasks call the handler and run one after the other.
 */
final class InMemoryReader implements SourceReader {
    private static final Logger LOG = LoggerFactory.getLogger(InMemoryReader.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final HandlerPlace place;
    private final InMemoryHealth health;
    private final InMemoryLog log;
    private final Executor tasks;
    private final LastReader end;
    private final ReentrantLock calling = new ReentrantLock();
    private final AtomicBoolean deliveryWaits = new AtomicBoolean();

    // Confined to the tasks.
    private String epoch = "";
    private long number;

    InMemoryReader(HandlerPlace place, InMemoryLog log, Executor tasks, HostServices services, LastReader end) {
        this.place = place;
        this.health = new InMemoryHealth(place, services, this::deliverAgain);
        this.log = log;
        this.tasks = tasks;
        this.end = end;
    }

    /** Removes a reader from its source. */
    interface LastReader {
        /**
         * Removes {@code reader}.
         *
         * @return the thread to wait for if {@code reader} was the last, else null
         */
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
        task(() -> health.stalled(reason));
    }

    void fresh() {
        task(health::resumed);
    }

    private void deliverAgain() {
        task(this::handOver);
    }

    private void standAt(InMemoryLog.Start start) {
        epoch = start.stream().epoch();
        number = start.number();
        health.startOver();
    }

    private void handOver() {
        deliveryWaits.set(false);
        InMemoryLog.Slice slice = log.from(number);
        if (!slice.epoch().equals(epoch) || health.rests()) {
            return; // made again, or a record is held: the task that goes on follows
        }
        passRemoved(slice.beginning());
        boolean all = take(slice);
        place.batchEnd();
        if (all) {
            health.recovered();
        }
        place.announceLive();
    }

    /**
     * Hands the records over.
     *
     * @return false if one of them cannot be decoded now
     */
    private boolean take(InMemoryLog.Slice slice) {
        long at = slice.nextNumber() - slice.records().size();
        for (SourceRecord record : slice.records()) {
            if (place.isClosed()) {
                return false;
            }
            try {
                place.record(record);
            } catch (RetriableDecodeException e) {
                health.hold(e);
                return false;
            }
            number = ++at;
        }
        number = slice.nextNumber();
        return true;
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
            LOG.error("A source failed; its handler gets no more records", broken);
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
                health.close();
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
