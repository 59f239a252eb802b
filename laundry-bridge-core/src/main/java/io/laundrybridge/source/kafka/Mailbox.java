package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How other threads talk to the poll thread: tasks that it runs between two polls, and an end to the current poll. */
final class Mailbox {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private volatile @Nullable TopicConsumer polling;

    /** Any thread: has the poll thread run {@code task} soon. */
    void post(Runnable task) {
        tasks.add(task);
        TopicConsumer consumer = polling;
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
        Runnable task = tasks.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        if (task != null) {
            task.run();
        }
    }

    /** Poll thread: {@code consumer} is about to poll, and may be woken; false if it should not, a task waits. */
    boolean beginPoll(TopicConsumer consumer) {
        polling = consumer;
        return tasks.isEmpty();
    }

    void endPoll() {
        polling = null;
    }
}
