package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads topics, and the only one that touches its consumer and calls its handlers. It lives as long as
 * it has topics. After any failure it begins again; if it hangs in Kafka's client, another thread takes its place. If
 * it hangs in a handler, it keeps that topic alone, and another thread goes on with the others. Other threads use the
 * mailbox. An interrupt ends it.
 */
final class PollLoop implements Runnable, ReadingThread {
    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);

    private final LoopKind kind;
    private final Mailbox mailbox = new Mailbox();
    private final PollTurns turns;
    private final PollGuard guard;
    private final PollThreads threads;

    private final Object ending = new Object();
    private final Set<String> names = new HashSet<>(); // guarded by ending
    private int joining; // guarded by ending
    private boolean ended; // guarded by ending

    /** Makes a loop whose thread begins with {@link #start}. */
    PollLoop(LoopKind kind, HostServices services) {
        this(kind, services, null);
    }

    private PollLoop(LoopKind kind, HostServices services, @Nullable Thread hung) {
        this.kind = kind;
        this.turns = new PollTurns(kind, mailbox, services.nanoTime());
        Supplier<Thread> more = () -> services.thread(kind.threadName() + "-source", this);
        this.threads = new PollThreads(hung == null ? more.get() : hung, more);
        this.guard = new PollGuard(services, kind.threadName(), mailbox, threads::current, this::takeOver);
    }

    /** Starts the threads. If one cannot start, the ones before it end. */
    void start() {
        try {
            guard.start();
            threads.start();
        } catch (RuntimeException | Error noThread) {
            end();
            throw noThread;
        }
    }

    /**
     * Begins to read {@code topic}. Called by the thread that has read it, or before any has.
     *
     * @return false if the loop has ended or is about to, or reads a topic of this name
     */
    boolean adopt(TopicReader topic) {
        synchronized (ending) {
            if (ended || !names.add(topic.topic())) {
                return false;
            }
            joining++;
            topic.moveTo(this);
            mailbox.post(() -> adopted(topic));
            return true;
        }
    }

    private void adopted(TopicReader topic) {
        turns.add(topic);
        synchronized (ending) {
            joining--;
        }
    }

    private void release(TopicReader topic) {
        turns.remove(topic);
        synchronized (ending) {
            names.remove(topic.topic());
        }
    }

    @Override
    public Mailbox mailbox() {
        return mailbox;
    }

    @Override
    public boolean isCurrent() {
        return threads.areCurrent();
    }

    @Override
    public void awaitEnd(long nanos) throws InterruptedException {
        if (hasEnded()) {
            threads.join(nanos);
        }
    }

    @Override
    public void run() {
        try {
            work();
            end();
        } catch (AbandonedException e) {
            LOG.warn(
                    "{} goes on after it hung; another has taken over",
                    Thread.currentThread().getName());
            goOnWith(e.kept());
        }
    }

    private void goOnWith(Object kept) {
        if (kept instanceof LiveConsumer consumer) {
            threads.returned();
            consumer.close();
        } else if (kept instanceof TopicReader topic && topic.thread() instanceof PollLoop own) {
            own.run();
        }
    }

    private void work() throws AbandonedException {
        try {
            while (goesOn()) {
                turn();
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.info("{} was interrupted and ends", threads.name());
            giveUp(e);
        } catch (RuntimeException | Error e) {
            LOG.error("{} cannot go on", threads.name(), e);
            giveUp(e);
        }
    }

    /** Starts a new thread because the present one hangs, which finds that out when it returns. Called by the guard. */
    private void takeOver(Mailbox.Stage stage) {
        if (stage == Mailbox.Stage.POLLING && threads.mayHang() && mailbox.abandonPoll()) {
            threads.replace(() -> mailbox.post(turns::takenOver));
        } else if (stage == Mailbox.Stage.HANDING_OVER && kind.isShared() && hasSeveral()) {
            leaveBehind();
        }
    }

    /** Returns whether there is more than one topic, those that wait for the thread included. */
    private boolean hasSeveral() {
        synchronized (ending) {
            return names.size() > 1;
        }
    }

    /** Leaves the topic whose handler hangs to the thread that hangs. */
    private void leaveBehind() {
        Thread hung = threads.current();
        TopicReader topic = mailbox.topic();
        if (topic == null) {
            return;
        }
        PollLoop own = new PollLoop(kind.away(topic), topic.services(), hung);
        Thread next = threads.make();
        if (!mailbox.abandonTopic(topic)) {
            return;
        }
        LOG.warn("Topic '{}' keeps {}; the other topics get another thread", topic.topic(), hung.getName());
        release(topic);
        topic.left();
        own.adopt(topic);
        own.mailbox.beginTopic(topic);
        hung.setName("laundry-bridge-" + topic.topic() + "-source");
        own.guard.start();
        mailbox.post(turns::leftBehind);
        threads.succeed(next);
    }

    /**
     * Gives {@code topic}, which this thread reads, to {@code taker}. Keeps it if that fails.
     *
     * @param taker has another loop adopt and read the topic
     */
    void give(TopicReader topic, Consumer<TopicReader> taker) {
        topic.reading().places().leave();
        release(topic);
        try {
            taker.accept(topic);
        } catch (RuntimeException | Error noThread) {
            LOG.warn("Topic '{}' stays with {}", topic.topic(), threads.name(), noThread);
            synchronized (ending) {
                names.add(topic.topic());
            }
            topic.moveTo(this);
            turns.add(topic);
        }
    }

    private void turn() throws InterruptedException, AbandonedException {
        try {
            turns.turn();
            kind.move(this, turns.topics());
        } catch (RuntimeException | Error e) {
            restart(e);
        }
    }

    /**
     * Releases closed handlers.
     *
     * @return whether a topic is still read
     */
    private boolean goesOn() throws AbandonedException {
        try {
            mailbox.runAll();
        } catch (RuntimeException | Error e) {
            restart(e);
        }
        List<Attachment> closed = new ArrayList<>();
        List<TopicReader> over = new ArrayList<>();
        for (TopicReader each : turns.topics()) {
            closed.addAll(each.prune());
            if (each.hasEnded()) {
                each.reading().places().leave();
                release(each);
                over.add(each);
            }
        }
        synchronized (ending) {
            ended = joining == 0 && turns.size() == 0;
        }
        closed.forEach(Attachment::letGo);
        over.forEach(hasEnded() ? TopicReader::close : TopicReader::closeAside);
        return !hasEnded();
    }

    private void restart(Throwable cause) {
        if (cause instanceof InterruptException interrupt) {
            throw interrupt;
        }
        turns.restart(cause);
    }

    private boolean hasEnded() {
        synchronized (ending) {
            return ended;
        }
    }

    private void giveUp(Throwable cause) {
        synchronized (ending) {
            ended = true;
        }
        // Kafka's client would not close cleanly if the interrupt flag stayed set.
        Thread.interrupted();
        runRemaining();
        turns.topics().forEach(TopicReader::end);
        runRemaining();
        for (TopicReader each : turns.topics()) {
            each.reading().attachments().forEach(handler -> handler.fail(cause));
            List<Attachment> failed = each.prune();
            each.close();
            failed.forEach(Attachment::letGo);
        }
    }

    private void runRemaining() {
        while (!mailbox.isEmpty()) {
            try {
                mailbox.runAll();
            } catch (RuntimeException | AbandonedException e) {
                LOG.debug("A task failed while {} ends", threads.name(), e);
            }
        }
    }

    private void end() {
        try {
            turns.close();
        } catch (InterruptException e) {
            LOG.debug("Interrupted while {} ends", threads.name());
        } catch (RuntimeException e) {
            LOG.warn("Could not end {} cleanly", threads.name(), e);
        } finally {
            stopGuard();
            runRemaining(); // requests to topics that read elsewhere now
            kind.ended(this);
        }
    }

    private void stopGuard() {
        try {
            guard.stop();
        } catch (InterruptedException e) {
            LOG.debug("Interrupted while {} ends", threads.name());
        }
    }
}
