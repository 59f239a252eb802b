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
 * While the poll thread waits in Kafka's client, it has lent the consumer to that call. While it calls the handlers of
 * a topic, it has lent the topic. Another thread that takes back what is lent owns everything else that the poll thread
 * owned.
 */
final class Mailbox {

    /** What the poll thread does now. */
    enum Stage {
        RESTING,
        POLLING,
        HANDING_OVER
    }

    /** A request of another thread. */
    interface Task {
        void run() throws AbandonedException;
    }

    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();

    /** The {@link LiveConsumer} that polls, or the {@link TopicReader} whose handlers are called; null for neither. */
    private final AtomicReference<@Nullable Object> lent = new AtomicReference<>();

    private final AtomicLong turns = new AtomicLong();
    private volatile boolean resting;

    /** Posts {@code task}, which the poll thread runs soon. Any thread. */
    void post(Task task) {
        tasks.add(task);
        if (lent.get() instanceof LiveConsumer consumer) {
            consumer.wakeup();
        }
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Runs what has been posted. Poll thread. */
    void runAll() throws AbandonedException {
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /**
     * Waits for a task and runs it if one comes in time. Poll thread.
     *
     * @return whether one came
     */
    boolean await(Duration longest) throws InterruptedException, AbandonedException {
        turns.incrementAndGet();
        resting = true;
        Task task;
        try {
            task = tasks.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            resting = false;
        }
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    /**
     * Allows other threads to wake {@code consumer}, which is about to poll. Poll thread.
     *
     * @return false if a task waits, so that the consumer should not poll
     */
    boolean beginPoll(LiveConsumer consumer) {
        turns.incrementAndGet();
        lent.set(consumer);
        boolean undisturbed = tasks.isEmpty();
        if (!undisturbed) {
            lent.set(null); // the guard never gives up a poll that has just begun
        }
        return undisturbed;
    }

    /** Ends the poll. Poll thread. */
    void endPoll(LiveConsumer consumer) throws AbandonedException {
        giveBack(consumer);
    }

    /** Begins to call the handlers of {@code topic}. Poll thread. */
    void beginTopic(TopicReader topic) {
        turns.incrementAndGet();
        lent.set(topic);
    }

    /** Ends the calls of the handlers of {@code topic}. Poll thread. */
    void endTopic(TopicReader topic) throws AbandonedException {
        giveBack(topic);
    }

    private void giveBack(Object owned) throws AbandonedException {
        if (!lent.compareAndSet(owned, null)) {
            throw new AbandonedException(owned);
        }
    }

    /** Returns a number that grows with each turn of the poll thread. Any thread. */
    long turns() {
        return turns.get();
    }

    /** Returns what this turn does now. Any thread. */
    Stage stage() {
        Object owned = lent.get();
        if (owned instanceof LiveConsumer) {
            return Stage.POLLING;
        }
        return owned == null && resting ? Stage.RESTING : Stage.HANDING_OVER;
    }

    /**
     * Gives up the current poll, which finds that out when it returns. Any thread.
     *
     * @return false if no poll is under way
     */
    boolean abandonPoll() {
        Object owned = lent.get();
        return owned instanceof LiveConsumer && lent.compareAndSet(owned, null);
    }

    /** Returns the topic whose handlers are called now; null if none. Any thread. */
    @Nullable TopicReader topic() {
        return lent.get() instanceof TopicReader topic ? topic : null;
    }

    /**
     * Gives up {@code topic}, whose handlers are called now: it stays with the thread that calls them. Any thread.
     *
     * @return false if they are not called any more
     */
    boolean abandonTopic(TopicReader topic) {
        return lent.compareAndSet(topic, null);
    }
}
