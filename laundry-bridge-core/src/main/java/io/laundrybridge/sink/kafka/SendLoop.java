package io.laundrybridge.sink.kafka;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that gives records to one producer. Everything of Kafka's client that may block runs here: making the
 * producer, looking for a topic and {@code send}. A producer that broke is closed and made anew after a pause.
 */
final class SendLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SendLoop.class);

    /** The longest wait of a record before it is sent; then it fails, before its client gives up by itself. */
    private static final long LONGEST_WAIT = Duration.ofSeconds(2).toNanos();

    private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();

    private final HostServices services;
    private final SendQueue queue;
    private final ProducerSlot slot;
    private final SendOutcomes outcomes;
    private final FailureReports failures = new FailureReports();
    private final List<TopicState> topics = new CopyOnWriteArrayList<>();
    private final Thread thread;

    SendLoop(ProducerSettings settings, SendQueue queue, HostServices services) {
        this.services = services;
        this.queue = queue;
        this.slot = new ProducerSlot(settings, services);
        this.outcomes = new SendOutcomes(queue, this::replace);
        this.thread = services.thread("kafka-sink", this);
    }

    void start() {
        thread.start();
    }

    SendQueue queue() {
        return queue;
    }

    /** Begins to look for a topic. Any thread. */
    TopicState join(String topic) {
        TopicState state = new TopicState(topic, services);
        topics.add(state);
        queue.wake();
        return state;
    }

    /** Any thread. */
    void leave(TopicState topic) {
        topics.remove(topic);
    }

    /** Returns why no producer can be made; "" if there is one. Any thread. */
    String trouble() {
        return slot.trouble();
    }

    boolean isRunning() {
        return !queue.isStopped();
    }

    /** Stops the thread, and waits for its end for up to {@code millis}. */
    void stop(long millis) throws InterruptedException {
        queue.stop();
        if (millis > 0 && Thread.currentThread() != thread) {
            thread.join(millis);
        }
    }

    private long now() {
        return services.nanoTime().getAsLong();
    }

    @Override
    public void run() {
        try {
            while (!queue.isStopped()) {
                turn();
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.warn("The thread that writes to Kafka was interrupted and ends; nothing is published until the bridge"
                    + " is opened again");
        } finally {
            end();
        }
    }

    private void end() {
        queue.stop();
        queue.drain().forEach(SendOutcomes::unavailable);
        slot.end();
        failures.drain().forEach(each -> SendOutcomes.unknown(each.send()));
    }

    /** Does what is due, and passes one record on. */
    private void turn() throws InterruptedException {
        for (FailureReports.Report each : failures.due(now())) {
            slot.unanswered();
            outcomes.judge(each);
        }
        if (slot.replaceIfLost()) {
            topics.forEach(TopicState::lookAgain);
        }
        LiveProducer live = slot.producer();
        if (live != null) {
            topicToLookFor().ifPresent(topic -> lookFor(topic, live));
        }
        PendingSend next = queue.next(nextTime());
        if (next != null && !next.isSettled()) {
            pass(next);
        }
    }

    private long nextTime() {
        long next = failures.nextDue(now() + LONGEST_PAUSE);
        if (slot.isEmpty()) {
            return earlier(next, slot.makeAt());
        }
        for (TopicState topic : topics) {
            next = topic.isFound() ? next : earlier(next, topic.lookAt());
        }
        return next;
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    /** Returns one topic that is due; others wait for the next turn, so that records go on in between. */
    private Optional<TopicState> topicToLookFor() {
        long now = now();
        return topics.stream()
                .filter(topic -> !topic.isFound() && now - topic.lookAt() >= 0)
                .findFirst();
    }

    private void lookFor(TopicState topic, LiveProducer live) {
        try {
            live.lookFor(topic.name());
            topic.found();
            slot.answered();
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            slot.unanswered();
            outcomes.missed(topic, e, live);
        }
    }

    private void pass(PendingSend send) {
        TopicState topic = send.topic();
        LiveProducer live = slot.producer();
        if (live != null && !topic.isFound() && now() - topic.lookAt() >= 0) {
            lookFor(topic, live);
            live = slot.producer();
        }
        if (live == null || !topic.isFound() || now() - send.acceptedAt() > LONGEST_WAIT) {
            SendOutcomes.unavailable(send);
        } else if (topic.needsKeys() && !send.hasKey()) {
            send.failed(new PublishException(Failure.REFUSED, "This channel needs a key"));
        } else {
            send(send, live);
        }
    }

    private void send(PendingSend send, LiveProducer live) {
        LiveProducer.Trace before = live.trace();
        try {
            live.send(send, (metadata, failure) -> {
                if (failure == null) {
                    SendOutcomes.stored(send, metadata);
                } else if (Thread.currentThread() == thread) {
                    outcomes.notSent(send, failure, live);
                } else {
                    failures.add(send, failure, live, before, now());
                    queue.wake();
                }
            });
        } catch (InterruptException e) {
            SendOutcomes.unknown(send);
            throw e;
        } catch (RuntimeException | LinkageError e) {
            outcomes.notSent(send, e, live);
        }
    }

    private void replace(LiveProducer broken) {
        if (slot.replace(broken)) {
            topics.forEach(TopicState::lookAgain);
        }
    }
}
