package io.laundrybridge.source.kafka;

import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of reading one topic: its handlers, its places and what is known of the topic. Confined to the poll thread
 * that reads the topic at present; the watcher's reports arrive through its mailbox.
 */
final class TopicReading implements TopicReports {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReading.class);

    /** The time without an answer after which a topic is not polled; the watcher checks whether Kafka is back. */
    private static final Duration AWAY = Duration.ofSeconds(6);

    private final KafkaSettings settings;
    private final SeenEpochs epochs;
    private final LongSupplier nanoTime;
    private final Attachments attachments = new Attachments();
    private final SourceHealth health;
    private final TopicPlaces places;
    private final RecordFaults faults;
    private final TopicIdentity topic = new TopicIdentity();

    private @Nullable OffsetOutOfRangeException astray;
    private boolean missing;
    private boolean away;
    private boolean asked;
    private boolean changed = true;
    private long restsUntil;

    TopicReading(KafkaSettings settings, SeenEpochs epochs, LongSupplier nanoTime) {
        this.settings = settings;
        this.epochs = epochs;
        this.nanoTime = nanoTime;
        this.health = new SourceHealth(settings.topic());
        UnreadableRecords unreadable = new UnreadableRecords(settings.topic());
        this.places = new TopicPlaces(settings.topic(), attachments, unreadable, health, nanoTime);
        this.faults = new RecordFaults(settings.topic(), attachments, unreadable, places, health, nanoTime);
        this.restsUntil = nanoTime.getAsLong();
    }

    String topicName() {
        return settings.topic();
    }

    Attachments attachments() {
        return attachments;
    }

    TopicPlaces places() {
        return places;
    }

    RecordFaults faults() {
        return faults;
    }

    /** Has the places checked: a handler came or went, so the furthest place that is needed may have changed. */
    void attachmentsChanged() {
        places.misplaced();
        changed = true;
    }

    /** Notes that something may have changed, so that this topic is looked at in this turn. */
    void change() {
        changed = true;
    }

    /** Returns whether something may have changed since the last {@link #report}. */
    boolean isChanged() {
        return changed;
    }

    /** Asks for what must be known, and tries held records again. */
    void prepare(Consumer<Set<Duration>> question) {
        if (!asked && (attachments.anyWaiting() || astray != null)) {
            asked = true;
            question.accept(attachments.waitingHistories());
        }
        if (attachments.retry()) {
            places.misplaced(); // back to the places of held handlers; the others get nothing twice
            health.readingChanged();
        }
    }

    /** Returns whether there is something to poll, at {@code nanos}. */
    boolean reads(long nanos) {
        return restsUntil - nanos <= 0
                && topic.current() != null
                && !missing
                && !away
                && astray == null
                && attachments.anyTakes();
    }

    /** Returns how long this topic is not polled because of the last failure; not positive if it may be polled. */
    long restNanos(long nanos) {
        return restsUntil - nanos;
    }

    /** Returns whether there is nothing to poll before the watcher has seen the topic again. */
    boolean isGone() {
        return missing || away;
    }

    /** Takes part in {@code reader}. */
    void join(LiveConsumer reader) {
        TopicView view = topic.current();
        if (view != null) {
            places.join(reader, view.id(), view.partitions());
        }
    }

    /** Goes to the places of the handlers. */
    void seek() {
        TopicView view = topic.current();
        if (view != null) {
            places.seek(view.partitions());
        }
    }

    /** Goes back to the places of the handlers: what was read from there may not have been handed over. */
    void backToPlaces() {
        TopicView view = topic.current();
        if (view != null) {
            places.loseAll(view.partitions());
        }
    }

    /** Hands over the records of a poll. */
    void take(TopicBatch batch) {
        batch.forEachRecord(record -> {
            var taken = KafkaRecords.sourceRecord(record);
            attachments.forEach(each -> each.record(taken));
        });
        batch.forEachPlace((partition, next) -> {
            int epoch = next.leaderEpoch().orElse(PositionVector.NO_EPOCH);
            epochs.saw(partition, epoch);
            attachments.forEach(each -> each.passed(partition, next.offset(), epoch));
        });
        attachments.forEach(Attachment::batchEnd);
        changed = true;
    }

    /**
     * Notes a poll that gave records of {@code given}.
     *
     * @return whether polling has no trouble any more
     */
    boolean polled(LiveConsumer reader, Set<Integer> given) {
        if (given.isEmpty()) {
            health.throttled(reader.isThrottled());
        }
        boolean well = health.polled(nanoTime.getAsLong(), reader::answers, given);
        if (health.hearsNothingFor(AWAY)) {
            health.pollingFailed(StaleCause.silent(topicName(), AWAY.toSeconds(), 0, 0), nanoTime.getAsLong());
            away = true;
            places.leave();
        }
        faults.polled();
        return well;
    }

    /** Reports trouble, or its end, to the handlers. */
    void report() {
        changed = false;
        attachments.forEach(each -> each.tell(each.isWaiting() ? health.whileWaiting() : health.whileReading()));
        attachments.forEach(Attachment::timePassed);
    }

    /** Returns whether nothing is wrong: every handler reads, and holds no record. */
    boolean isWell() {
        return topic.current() != null
                && !missing
                && !away
                && astray == null
                && !faults.areKnown()
                && !attachments.anyHolds()
                && !attachments.anyWaiting()
                && health.whileReading() == null;
    }

    /** Notes that a poll found the consumer at a place that the log does not have. */
    void astray(OffsetOutOfRangeException found) {
        astray = found;
        changed = true;
    }

    /** Notes that a poll failed because of {@code cause}; this topic is not polled for {@code rest}. */
    void pollingFailed(StaleCause cause, Duration rest) {
        long now = nanoTime.getAsLong();
        health.pollingFailed(cause, now);
        restsUntil = now + rest.toNanos();
        changed = true;
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
                places.misplaced();
            }
            case RECREATED -> recreated();
        }
    }

    @Override
    public void ends(TopicEnds ends) {
        LiveConsumer reader = places.ifPlaced();
        if (reader != null && attachments.anyTakes()) {
            PositionVector at = reader.places(topicName(), ends.committed().partitions());
            health.ends(ends, at, nanoTime.getAsLong());
        }
    }

    @Override
    public void missing() {
        // The consumer of a deleted topic does not fail: it asks thousands of times per second.
        missing = true;
        health.topicMissing();
        places.leave();
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
            return; // a broker that does not know of the deletion yet; prepare() asks again
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
        places.misplaced();
    }

    @Override
    public void refused(Throwable cause) {
        attachments.forEach(each -> each.fail(cause));
    }

    private void recreated() {
        LOG.warn("Topic '{}' was deleted and made again: its channels start over", topicName());
        astray = null;
        places.leave();
        faults.clear();
        attachments.forEach(each -> each.startOver(ResetReason.EPOCH, Map.of()));
    }

    /** Finds new places for partitions in which the consumer was before the log's beginning, or beyond a truncation. */
    private void findWay(OffsetOutOfRangeException lost, TopicOffsets offsets) {
        LostPlaces found = LostPlaces.of(topicName(), lost, offsets);
        found.beginAgain()
                .forEach((partition, at) -> attachments.forEach(each -> each.lost(partition, at, GapReason.RETENTION)));
        attachments.forEach(Attachment::batchEnd);
        if (!found.cutAt().isEmpty()) {
            LOG.error("Kafka lost records of topic '{}' above {}: its channels start over", topicName(), found.cutAt());
            attachments.forEach(each -> each.startOver(ResetReason.TRUNCATED, found.cutAt()));
        }
        lost.partitions().stream()
                .filter(each -> each.topic().equals(topicName()))
                .forEach(each -> places.lose(each.partition()));
    }
}
