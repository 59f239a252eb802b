package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Carries other threads' requests to the poll thread: tasks to run between two polls, and an end to the current poll.
 * The thread that takes the polling consumer out of it owns everything that the poll thread owns. That is the poll
 * thread, or the thread that abandons it.
 */
final class Mailbox {

    /** What the poll thread does now. */
    enum Stage {
        RESTING,
        POLLING,
        HANDING_OVER
    }

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable TopicConsumer> polling = new AtomicReference<>();
    private final AtomicLong turns = new AtomicLong();
    private volatile boolean resting;

    /** Posts {@code task}, which the poll thread runs soon. Any thread. */
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

    /** Runs what has been posted. Poll thread. */
    void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Waits for a task and runs it if one comes in time. Poll thread. */
    void await(Duration longest) throws InterruptedException {
        turns.incrementAndGet();
        resting = true;
        Runnable task = tasks.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        resting = false;
        if (task != null) {
            task.run();
        }
    }

    /**
     * Allows other threads to wake {@code consumer}, which is about to poll. Poll thread.
     *
     * @return false if a task waits, so that the consumer should not poll
     */
    boolean beginPoll(TopicConsumer consumer) {
        turns.incrementAndGet();
        polling.set(consumer);
        boolean undisturbed = tasks.isEmpty();
        if (!undisturbed) {
            polling.set(null); // the guard never gives up a poll that has just begun
        }
        return undisturbed;
    }

    /** Ends the poll. Poll thread. */
    void endPoll(TopicConsumer consumer) throws AbandonedException {
        if (!polling.compareAndSet(consumer, null)) {
            throw new AbandonedException(consumer);
        }
    }

    /** Returns a number that grows with each turn of the poll thread. Any thread. */
    long turns() {
        return turns.get();
    }

    /** Returns what this turn does now. Any thread. */
    Stage stage() {
        if (polling.get() != null) {
            return Stage.POLLING;
        }
        return resting ? Stage.RESTING : Stage.HANDING_OVER;
    }

    /**
     * Gives up the current poll, which finds that out when it returns. Any thread.
     *
     * @return false if no poll is under way
     */
    boolean abandon() {
        return polling.getAndSet(null) != null;
    }
}
