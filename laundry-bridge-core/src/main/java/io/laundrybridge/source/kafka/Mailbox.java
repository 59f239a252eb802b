package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How other threads talk to the poll thread: tasks that it runs between two polls, and an end to the current poll. The
 * thread that takes the polling consumer out of it owns all that the poll thread owns. That is the poll thread, or the
 * thread that abandons it.
 */
final class Mailbox {

    /** What the poll thread is at. */
    enum Stage {
        RESTING,
        POLLING,
        HANDING_OVER
    }

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable TopicConsumer> polling = new AtomicReference<>();
    private final AtomicLong turns = new AtomicLong();
    private volatile boolean resting;

    /** Any thread: has the poll thread run {@code task} soon. */
    void post(Runnable task) {
        tasks.add(task);
        TopicConsumer consumer = polling.get();
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Poll thread: runs what has been posted. */
    void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Poll thread: waits for a task, and runs it if one comes in time. */
    void await(Duration longest) throws InterruptedException {
        turns.incrementAndGet();
        resting = true;
        Runnable task = tasks.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        resting = false;
        if (task != null) {
            task.run();
        }
    }

    /** Poll thread: {@code consumer} is about to poll, and may be woken; false if it should not, a task waits. */
    boolean beginPoll(TopicConsumer consumer) {
        turns.incrementAndGet();
        polling.set(consumer);
        boolean undisturbed = tasks.isEmpty();
        if (!undisturbed) {
            polling.set(null); // the guard gives up no poll as young as this
        }
        return undisturbed;
    }

    /** Poll thread: the poll is over. */
    void endPoll(TopicConsumer consumer) throws AbandonedException {
        if (!polling.compareAndSet(consumer, null)) {
            throw new AbandonedException(consumer);
        }
    }

    /** Any thread: a number that grows with each turn of the poll thread. */
    long turns() {
        return turns.get();
    }

    /** Any thread: what this turn is at. */
    Stage stage() {
        if (polling.get() != null) {
            return Stage.POLLING;
        }
        return resting ? Stage.RESTING : Stage.HANDING_OVER;
    }

    /** Any thread: the poll that is under way will find that it was given up; false if there is none. */
    boolean abandon() {
        return polling.getAndSet(null) != null;
    }
}
