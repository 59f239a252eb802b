package io.laundrybridge.source.kafka;

import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.kafka.Backoff;
import io.laundrybridge.kafka.ClientErrors;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of reading one topic: its consumer, its handlers and what is known of the topic. Each {@link #turn} polls
 * once and hands over the records. Confined to the poll thread; the watcher's reports arrive through the mailbox.
 */
final class TopicReading implements TopicReports, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReading.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /**
     * The pause after a denial. It is short because the client only goes on while it is polled, and needs several polls
     * to notice that access is allowed again.
     */
    private static final Duration DENIED_REST = Duration.ofMillis(500);

    /** The time without an answer after which a consumer is closed; the watcher checks whether Kafka is back. */
    private static final Duration AWAY = Duration.ofSeconds(6);

    private final KafkaSettings settings;
    private final SeenEpochs epochs;
    private final LongSupplier nanoTime;
    private final Attachments attachments = new Attachments();
    private final SourceHealth health;
    private final ReadingConsumer consumer;
    private final RecordFaults faults;
    private final TopicIdentity topic = new TopicIdentity();
    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private @Nullable OffsetOutOfRangeException astray;
    private boolean missing;
    private boolean away;
    private boolean asked;
    private long restsUntil;
    private String lastFailure = "";

    TopicReading(KafkaSettings settings, SeenEpochs epochs, LongSupplier nanoTime) {
        this.settings = settings;
        this.epochs = epochs;
        this.nanoTime = nanoTime;
        this.health = new SourceHealth(settings.topic());
        UnreadableRecords unreadable = new UnreadableRecords(settings.topic());
        this.consumer = new ReadingConsumer(settings, attachments, unreadable, health, nanoTime);
        this.faults = new RecordFaults(settings.topic(), attachments, unreadable, consumer, health, nanoTime);
        this.restsUntil = nanoTime.getAsLong();
    }

    Attachments attachments() {
        return attachments;
    }

    /** Has the places checked: a handler came or went, so the furthest place that is needed may have changed. */
    void attachmentsChanged() {
        consumer.misplaced();
    }

    /** Asks for what must be known, polls if there is something to poll, and reports trouble to the handlers. */
    void turn(Mailbox mailbox, TopicWatcher watcher) throws InterruptedException, AbandonedException {
        if (!asked && (attachments.anyWaiting() || astray != null)) {
            asked = true;
            watcher.ask(attachments.waitingHistories());
        }
        if (attachments.retry()) {
            consumer.misplaced(); // back to the places of held handlers; the others get nothing twice
            health.readingChanged();
        }
        Duration rest = Duration.ofNanos(restsUntil - nanoTime.getAsLong());
        if (!rest.isNegative() && !rest.isZero()) {
            mailbox.await(rest.compareTo(POLL) < 0 ? rest : POLL);
        } else {
            TopicView view = topic.current();
            if (view == null || missing || away || astray != null || !attachments.anyTakes()) {
                mailbox.await(POLL);
            } else {
                read(mailbox, view);
            }
        }
        attachments.forEach(each -> each.tell(each.isWaiting() ? health.whileWaiting() : health.whileReading()));
        attachments.forEach(Attachment::timePassed);
    }

    private void read(Mailbox mailbox, TopicView view) throws InterruptedException, AbandonedException {
        try {
            TopicConsumer reader = consumer.placed(view.partitions());
            if (reader.readsNothing()) {
                mailbox.await(POLL);
            } else if (mailbox.beginPoll(reader)) {
                handOver(reader, poll(reader, mailbox));
            }
        } catch (WakeupException e) {
            // A task was posted: it runs before the next turn.
        } catch (OffsetOutOfRangeException e) {
            astray = e;
        } catch (AuthorizationException | AuthenticationException e) {
            troubled(StaleCause.of(topicName(), e), DENIED_REST);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            failed(e);
        } catch (Error e) {
            faults.suspect(ClientErrors.ofReading(e));
        }
    }

    private static ConsumerRecords<byte[], byte[]> poll(TopicConsumer reader, Mailbox mailbox)
            throws AbandonedException {
        try {
            return reader.poll(POLL);
        } finally {
            mailbox.endPoll(reader);
        }
    }

    private void handOver(TopicConsumer reader, ConsumerRecords<byte[], byte[]> batch) {
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            var taken = KafkaRecords.sourceRecord(record);
            attachments.forEach(each -> each.record(taken));
        }
        batch.nextOffsets().forEach((partition, next) -> {
            epochs.saw(partition.partition(), epoch(next));
            attachments.forEach(each -> each.passed(partition.partition(), next.offset(), epoch(next)));
        });
        attachments.forEach(Attachment::batchEnd);
        if (batch.isEmpty()) {
            health.throttled(reader.isThrottled());
        }
        Set<Integer> given =
                batch.partitions().stream().map(TopicPartition::partition).collect(Collectors.toSet());
        if (health.polled(nanoTime.getAsLong(), reader::answers, given)) {
            backoff.reset();
        }
        if (health.hearsNothingFor(AWAY)) {
            health.pollingFailed(StaleCause.silent(topicName(), AWAY.toSeconds(), 0, 0), nanoTime.getAsLong());
            away = true;
            consumer.close();
        }
        faults.polled(reader);
    }

    private void failed(KafkaException failure) {
        if (faults.handled(failure)) {
            return;
        }
        if (!KafkaSettings.areWrong(failure)) {
            throw failure;
        }
        refused(failure);
    }

    private static int epoch(OffsetAndMetadata next) {
        return next.leaderEpoch().orElse(PositionVector.NO_EPOCH);
    }

    private void troubled(StaleCause cause, Duration rest) {
        long now = nanoTime.getAsLong();
        health.pollingFailed(cause, now);
        restsUntil = now + rest.toNanos();
    }

    /** Begins again after an unforeseen failure, with a new consumer and each handler at its place. */
    void restart(Throwable cause) {
        String failure = ClientErrors.inWords(cause);
        boolean again = failure.equals(lastFailure);
        lastFailure = failure;
        LOG.error(
                "Reading topic '{}' failed and starts again: {}",
                topicName(),
                ClientErrors.inWords(cause),
                again || ClientErrors.causes(cause).anyMatch(ClientErrors::isOfJaas) ? null : cause);
        StaleCause known = StaleCause.of(topicName(), cause);
        troubled(known.kind() == StaleCause.Kind.UNREACHABLE ? StaleCause.restarting() : known, backoff.next());
        consumer.close();
    }

    /** Leaves the consumer to the previous thread, which hangs in it. */
    void takenOver() {
        troubled(StaleCause.restarting(), Duration.ZERO);
        consumer.abandon();
    }

    @Override
    public void seen(TopicView view) {
        missing = false;
        away = false;
        health.topicSeen(view);
        switch (topic.seen(view)) {
            case NONE -> {}
            case GREW -> {
                LOG.info("Topic '{}' has {} partitions now", topicName(), view.partitions());
                attachments.forEach(each -> each.place().grow(view.partitions()));
                consumer.misplaced();
            }
            case RECREATED -> recreated();
        }
    }

    @Override
    public void ends(TopicEnds ends) {
        TopicConsumer reader = consumer.ifPlaced();
        if (reader != null && attachments.anyTakes()) {
            health.ends(ends, reader.places(ends.committed().partitions()), nanoTime.getAsLong());
        }
    }

    @Override
    public void missing() {
        // The consumer of a deleted topic does not fail: it asks thousands of times per second.
        missing = true;
        health.topicMissing();
        consumer.close();
    }

    @Override
    public void unanswered(StaleCause cause) {
        health.lookupFailed(cause);
    }

    @Override
    public void answered(TopicOffsets offsets) {
        asked = false;
        health.lookupDone();
        seen(offsets.topic());
        if (topic.isFormer(offsets.topic())) {
            return; // a broker that does not know of the deletion yet; turn() asks again
        }
        epochs.live(offsets.topic().epoch());
        epochs.saw(offsets.end());
        TopicView view = topic.answered(offsets.topic());
        OffsetOutOfRangeException lost = astray;
        astray = null;
        if (lost != null) {
            findWay(lost, offsets);
        }
        attachments.forEach(each -> {
            if (each.isWaiting()) {
                each.begin(offsets);
            }
            each.place().grow(view.partitions());
        });
        consumer.misplaced();
    }

    @Override
    public void refused(Throwable cause) {
        attachments.forEach(each -> each.fail(cause));
    }

    private void recreated() {
        LOG.warn("Topic '{}' was deleted and made again: its channels start over", topicName());
        astray = null;
        consumer.close();
        faults.clear();
        attachments.forEach(each -> each.startOver(ResetReason.EPOCH, Map.of()));
    }

    /** Finds new places for partitions in which the consumer was before the log's beginning, or beyond a truncation. */
    private void findWay(OffsetOutOfRangeException lost, TopicOffsets offsets) {
        LostPlaces places = LostPlaces.of(lost, offsets);
        places.beginAgain()
                .forEach((partition, at) -> attachments.forEach(each -> each.lost(partition, at, GapReason.RETENTION)));
        attachments.forEach(Attachment::batchEnd);
        if (!places.cutAt().isEmpty()) {
            LOG.error(
                    "Kafka lost records of topic '{}' above {}: its channels start over", topicName(), places.cutAt());
            attachments.forEach(each -> each.startOver(ResetReason.TRUNCATED, places.cutAt()));
        }
        lost.partitions().forEach(partition -> consumer.open().lose(partition.partition()));
    }

    private String topicName() {
        return settings.topic();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
