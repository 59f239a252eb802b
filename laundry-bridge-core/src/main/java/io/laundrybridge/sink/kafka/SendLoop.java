package io.laundrybridge.sink.kafka;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.kafka.Backoff;
import io.laundrybridge.kafka.ClientErrors;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.sink.kafka.SendFailures.Evidence;
import io.laundrybridge.sink.kafka.SendFailures.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that gives records to one producer. Everything of Kafka's client that may block runs here: making the
 * producer, looking for a topic and {@code send}. A producer that broke is closed and made anew after a pause.
 */
final class SendLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SendLoop.class);

    /** A record that waited longer is not sent any more: its client is told before it gives up by itself. */
    private static final long LONGEST_WAIT = Duration.ofSeconds(2).toNanos();

    private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();
    private static final int REPEATS = 3;

    private final ProducerSettings settings;
    private final HostServices services;
    private final SendQueue queue;
    private final FailureReports failures = new FailureReports();
    private final List<TopicState> topics = new CopyOnWriteArrayList<>();
    private final RateLimitedLog log;
    private final String clientId;
    private final Thread thread;

    // Confined to the thread.
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
    private @Nullable LiveProducer producer;
    private long makeAt;

    private volatile String trouble = "";

    SendLoop(ProducerSettings settings, SendQueue queue, HostServices services) {
        this.settings = settings;
        this.services = services;
        this.queue = queue;
        this.log = new RateLimitedLog(LOG, services.nanoTime());
        this.clientId = settings.newClientId();
        this.makeAt = now();
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
        return trouble;
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
        trouble = "The thread that writes to Kafka has ended";
        queue.drain().forEach(send -> send.failed(new PublishException(Failure.UNAVAILABLE, SendFailures.notNow())));
        LiveProducer last = producer;
        producer = null;
        if (last != null) {
            close(last);
        }
        failures.drain()
                .forEach(each ->
                        each.send().failed(new PublishException(Failure.OUTCOME_UNKNOWN, SendFailures.unknown())));
    }

    /** Does what is due, and passes one record on. */
    private void turn() throws InterruptedException {
        failures.due(now()).forEach(this::judge);
        LiveProducer live = producer();
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
        if (producer == null) {
            return earlier(next, makeAt);
        }
        for (TopicState topic : topics) {
            next = topic.isFound() ? next : earlier(next, topic.lookAt());
        }
        return next;
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private @Nullable LiveProducer producer() {
        if (producer == null && now() - makeAt >= 0) {
            try {
                producer = LiveProducer.of(settings.producer(clientId));
                trouble = "";
            } catch (KafkaException | LinkageError e) {
                makeAt = now() + backoff.next().toNanos();
                trouble = "Kafka's producer cannot be made of its properties";
                log.warn(trouble + " (" + ClientErrors.inWords(e) + ")");
            }
        }
        return producer;
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
            backoff.reset();
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            missed(topic, e, live);
        }
    }

    private void missed(TopicState topic, KafkaException failure, LiveProducer live) {
        Verdict why = SendFailures.judge(topic.name(), failure, Evidence.NOT_SENT);
        topic.missed(why, failure);
        if (why.breaks()) {
            replace(live);
        }
    }

    private void pass(PendingSend send) {
        TopicState topic = send.topic();
        LiveProducer live = producer;
        if (live != null && !topic.isFound() && now() - topic.lookAt() >= 0) {
            lookFor(topic, live);
            live = producer;
        }
        if (live == null || !topic.isFound() || now() - send.acceptedAt() > LONGEST_WAIT) {
            send.failed(new PublishException(Failure.UNAVAILABLE, SendFailures.notNow()));
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
                    stored(send, metadata);
                } else if (Thread.currentThread() == thread) {
                    notSent(send, failure, live);
                } else {
                    failures.add(send, failure, live, before, now());
                    queue.wake();
                }
            });
        } catch (InterruptException e) {
            send.failed(new PublishException(Failure.OUTCOME_UNKNOWN, SendFailures.unknown()));
            throw e;
        } catch (KafkaException | IllegalStateException e) {
            notSent(send, e, live);
        }
    }

    /** Called by Kafka's thread. */
    private static void stored(PendingSend send, RecordMetadata metadata) {
        send.topic().stored();
        if (metadata.hasOffset()) {
            send.stored(new RecordPlace(metadata.partition(), metadata.offset(), PositionVector.NO_EPOCH));
        } else {
            send.failed(new PublishException(Failure.OUTCOME_UNKNOWN, SendFailures.unknown()));
        }
    }

    private void notSent(PendingSend send, Exception failure, LiveProducer live) {
        Verdict why = SendFailures.judge(send.topic().name(), failure, Evidence.NOT_SENT);
        if (why.failure() == Failure.UNAVAILABLE) {
            send.topic().missed(why, failure);
        }
        settle(send, why, failure, live);
    }

    private void judge(FailureReports.Report report) {
        PendingSend send = report.send();
        LiveProducer.Trace after = report.by().trace();
        Evidence evidence = Evidence.NONE;
        if (report.before().nothingSentUntil(after)) {
            evidence = Evidence.NOT_SENT;
        } else if (report.before().noAnswerLostUntil(after)) {
            evidence = Evidence.ANSWERED;
        }
        if (SendFailures.isOfBatch(report.failure()) && isWorthARepeat(send)) {
            queue.again(send);
            return;
        }
        Verdict why = SendFailures.judge(send.topic().name(), report.failure(), evidence);
        settle(send, why, report.failure(), report.by());
    }

    /** Kafka refuses a batch because of one record in it, and does not always tell which. */
    private static boolean isWorthARepeat(PendingSend send) {
        if (!send.hasKey()) {
            send.topic().refusedWithoutKey();
            return false;
        }
        return send.mayRepeat(REPEATS);
    }

    private void settle(PendingSend send, Verdict why, Throwable failure, LiveProducer by) {
        if (why.isTrouble()) {
            send.topic().refused(why, failure);
        }
        if (why.breaks()) {
            replace(by);
        }
        send.failed(why.toException());
    }

    /** Closes a producer that broke. Its other records are reported as failed. */
    private void replace(LiveProducer broken) {
        if (producer == broken) {
            producer = null;
            makeAt = now() + backoff.next().toNanos();
            topics.forEach(TopicState::lookAgain);
            close(broken);
        }
    }

    private static void close(LiveProducer live) {
        try {
            live.close();
        } catch (KafkaException e) {
            LOG.debug("A producer did not close well", e);
        }
    }
}
