package io.laundrybridge.source.kafka;

import io.laundrybridge.kafka.Backoff;
import io.laundrybridge.kafka.ClientErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of one poll thread and its consumer. Each {@link #turn} polls once for all topics, and hands over the
 * records topic by topic. Confined to the poll thread.
 */
final class PollTurns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PollTurns.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /** How often topics without news are looked at. */
    private static final Duration LOOK = Duration.ofMillis(400);

    private final String name;
    private final Mailbox mailbox;
    private final LongSupplier nanoTime;
    private final ReadingConsumer consumer;
    private final PollFailures failures;
    private final PollPace pace;
    private final List<TopicReader> topics = new CopyOnWriteArrayList<>();
    private final Map<String, TopicReader> byName = new HashMap<>();
    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private long lookedAt;
    private long restsUntil;
    private String lastFailure = "";

    PollTurns(LoopKind kind, Mailbox mailbox, LongSupplier nanoTime) {
        this.name = kind.label();
        this.mailbox = mailbox;
        this.nanoTime = nanoTime;
        this.consumer = new ReadingConsumer(kind);
        this.failures = new PollFailures(kind.isShared());
        this.restsUntil = nanoTime.getAsLong();
        this.pace = kind.pace(restsUntil);
        this.lookedAt = restsUntil - LOOK.toNanos();
    }

    void add(TopicReader topic) {
        topics.add(topic);
        byName.put(topic.topic(), topic);
        topic.reading().attachmentsChanged();
    }

    void remove(TopicReader topic) {
        topics.remove(topic);
        byName.remove(topic.topic(), topic);
    }

    List<TopicReader> topics() {
        return topics;
    }

    /** Returns the number of topics. */
    int size() {
        return topics.size();
    }

    /** Asks for what must be known, polls if there is something to poll, and reports trouble to the handlers. */
    void turn() throws InterruptedException, AbandonedException {
        gather();
        long now = nanoTime.getAsLong();
        boolean due = now - lookedAt >= LOOK.toNanos();
        List<TopicReader> reading = prepare(due, now);
        if (restsUntil - now > 0 || reading.isEmpty()) {
            mailbox.await(rest(now));
        } else {
            due |= read(reading, due);
        }
        if (due) {
            lookedAt = nanoTime.getAsLong();
        }
        for (TopicReader each : topics) {
            if (due || each.reading().isChanged()) {
                with(each, each.reading()::report);
            }
        }
    }

    /** Waits until the next poll is worth it. Runs tasks meanwhile. */
    private void gather() throws InterruptedException, AbandonedException {
        boolean posted = true;
        long left = pace.restNanos(nanoTime.getAsLong());
        while (posted && left > 0) {
            posted = mailbox.await(Duration.ofNanos(left));
            left = pace.restNanos(nanoTime.getAsLong());
        }
    }

    /** Returns the topics that are to be polled. */
    private List<TopicReader> prepare(boolean due, long now) throws AbandonedException {
        List<TopicReader> reading = new ArrayList<>();
        boolean gone = true;
        for (TopicReader each : topics) {
            if (due || each.reading().isChanged()) {
                with(each, each::prepare);
            }
            if (each.reading().reads(now)) {
                reading.add(each);
            } else {
                each.reading().places().leave();
            }
            gone &= each.reading().isGone();
        }
        if (gone) {
            closeConsumer();
        }
        return reading;
    }

    /** Returns how long to wait while nothing can be polled. */
    private Duration rest(long now) {
        long rest = restsUntil - now > 0 ? restsUntil - now : POLL.toNanos();
        for (TopicReader each : topics) {
            long own = each.reading().restNanos(now);
            rest = own > 0 && restsUntil - now <= 0 ? Math.min(rest, own) : rest;
        }
        return Duration.ofNanos(Math.min(rest, POLL.toNanos()));
    }

    /** Polls once and hands over. Returns whether nothing came, so that all topics are to be looked at. */
    private boolean read(List<TopicReader> reading, boolean due) throws InterruptedException, AbandonedException {
        LiveConsumer reader = placed(reading);
        if (reader == null) {
            return false;
        }
        if (reader.readsNothing()) {
            mailbox.await(POLL);
            return true;
        }
        ConsumerRecords<byte[], byte[]> batch = mailbox.beginPoll(reader) ? poll(reader, reading) : null;
        if (batch == null) {
            return false;
        }
        if (!consumer.isCareful()) {
            pace.polled(batch, nanoTime.getAsLong());
        }
        boolean well = handOver(reader, batch);
        if (due || batch.isEmpty()) {
            for (TopicReader each : reading) {
                well |= polled(each, reader, Set.of());
            }
        }
        if (well) {
            backoff.reset();
        }
        return batch.isEmpty();
    }

    private @Nullable LiveConsumer placed(List<TopicReader> reading) {
        try {
            return consumer.placed(reading.stream().map(TopicReader::reading).toList());
        } catch (RuntimeException e) {
            failures.handle(e, reading);
            return null;
        }
    }

    /** Returns what has come; null if the poll failed. */
    private @Nullable ConsumerRecords<byte[], byte[]> poll(LiveConsumer reader, List<TopicReader> reading)
            throws AbandonedException {
        try {
            try {
                return reader.poll(POLL);
            } catch (RuntimeException e) {
                failures.handle(e, reading);
            } catch (Error e) {
                if (failures.handle(ClientErrors.ofReading(e), reader, reading)) {
                    outdated(reading);
                }
            }
        } finally {
            mailbox.endPoll(reader);
        }
        return null;
    }

    private boolean handOver(LiveConsumer reader, ConsumerRecords<byte[], byte[]> batch) throws AbandonedException {
        boolean well = false;
        for (TopicBatch each : TopicBatch.split(batch)) {
            TopicReader topic = byName.get(each.topic());
            if (topic != null) {
                with(topic, () -> take(topic, each));
                well |= polled(topic, reader, each.given());
            }
        }
        return well;
    }

    private void take(TopicReader topic, TopicBatch batch) {
        long from = nanoTime.getAsLong();
        topic.reading().take(batch);
        long now = nanoTime.getAsLong();
        topic.residence().took(now - from, now);
        if (topic.reading().attachments().anyHolds()) {
            topic.residence().trouble("a record cannot be decoded now");
        }
    }

    private boolean polled(TopicReader topic, LiveConsumer reader, Set<Integer> given) throws AbandonedException {
        boolean[] well = new boolean[1];
        with(topic, () -> well[0] = topic.reading().polled(reader, given));
        return well[0];
    }

    /** Calls handlers of {@code topic}. A failure there is this topic's trouble, if others share the thread. */
    private void with(TopicReader topic, Runnable calls) throws AbandonedException {
        mailbox.beginTopic(topic);
        try {
            calls.run();
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            if (topics.size() == 1) {
                throw e;
            }
            LOG.error("Reading topic '{}' failed", topic.topic(), e);
            topic.reading().pollingFailed(StaleCause.restarting(), POLL);
            topic.residence().trouble("it failed");
        } finally {
            mailbox.endTopic(topic);
        }
    }

    /** Begins again after an unforeseen failure, with a new consumer and each handler at its place. */
    void restart(Throwable cause) {
        String failure = ClientErrors.inWords(cause);
        boolean again = failure.equals(lastFailure);
        lastFailure = failure;
        LOG.error(
                "Reading {} failed and starts again: {}",
                name,
                ClientErrors.inWords(cause),
                again || ClientErrors.causes(cause).anyMatch(ClientErrors::isOfJaas) ? null : cause);
        Duration rest = backoff.next();
        for (TopicReader each : topics) {
            StaleCause known = StaleCause.of(each.topic(), cause);
            each.reading()
                    .pollingFailed(
                            known.kind() == StaleCause.Kind.UNREACHABLE ? StaleCause.restarting() : known,
                            Duration.ZERO);
        }
        restsUntil = nanoTime.getAsLong() + rest.toNanos();
        closeConsumer();
    }

    /** Leaves the consumer to the previous thread, which hangs in it. */
    void takenOver() {
        consumer.abandon();
        for (TopicReader each : topics) {
            each.reading().pollingFailed(StaleCause.restarting(), Duration.ZERO);
            each.reading().places().forget();
        }
    }

    /** Goes on without the topic that the previous thread has kept. What it had polled is read again. */
    void leftBehind() {
        topics.forEach(each -> each.reading().backToPlaces());
    }

    private static void outdated(List<TopicReader> reading) {
        reading.forEach(each -> each.reading().places().renew());
    }

    private void closeConsumer() {
        topics.forEach(each -> each.reading().places().forget());
        consumer.close();
    }

    @Override
    public void close() {
        closeConsumer();
    }
}
