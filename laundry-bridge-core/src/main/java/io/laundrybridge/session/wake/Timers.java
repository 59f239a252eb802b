package io.laundrybridge.session.wake;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The alarms of one worker. Nothing here refers to an alarm that is not set, so it can be collected with its owner.
 * Confined to the worker.
 */
public final class Timers {
    private final LongSupplier nanoTime;
    private final long began;
    private final TreeSet<Alarm> set =
            new TreeSet<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::number));
    private final AtomicLong numbers = new AtomicLong();

    public Timers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    /** A task and the single time at which it runs next, if any. Confined to the worker. */
    public static final class Alarm {
        private final Timers timers;
        private final Runnable task;
        private final long number;
        private boolean isSet;
        private long at;

        private Alarm(Timers timers, Runnable task, long number) {
            this.timers = timers;
            this.task = task;
            this.number = number;
        }

        /** Runs the task {@code nanos} from now, or earlier if this is already set to an earlier time. */
        public void within(long nanos) {
            long time = timers.now() + nanos;
            if (!isSet || time < at) {
                cancel();
                at = time;
                isSet = true;
                timers.set.add(this);
            }
        }

        public void cancel() {
            if (isSet) {
                timers.set.remove(this);
                isSet = false;
            }
        }

        private long at() {
            return at;
        }

        private long number() {
            return number;
        }
    }

    /** Returns an alarm that is not set yet; any thread. */
    public Alarm alarm(Runnable task) {
        return new Alarm(this, task, numbers.getAndIncrement());
    }

    /** Returns the nanoseconds until the first alarm, at least 1 and at most {@code longest}. */
    public long untilFirst(long longest) {
        return set.isEmpty() ? longest : Math.max(1, Math.min(longest, set.first().at - now()));
    }

    /** Passes due tasks to {@code runner}. */
    public void runDue(Consumer<Runnable> runner) {
        while (!set.isEmpty() && set.first().at <= now()) {
            Alarm due = set.first();
            due.cancel();
            runner.accept(due.task);
        }
    }

    /** Forgets all alarms. */
    public void clear() {
        set.clear();
    }

    /** Returns the number of set alarms. */
    public int size() {
        return set.size();
    }

    private long now() {
        return nanoTime.getAsLong() - began;
    }
}
