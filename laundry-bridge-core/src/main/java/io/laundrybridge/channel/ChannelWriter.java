package io.laundrybridge.channel;

import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.channel.state.StateTable;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.encode.LineEncoder;
import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.Meter;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.policy.StateLimits;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.protocol.ServerLine;
import io.laundrybridge.source.DeadLetters;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.StreamStart;
import java.time.Instant;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a channel: takes records from the source, has them encoded, appends the lines to the log and wakes
 * the readers once a batch. Confined to the source's thread.
 */
public final class ChannelWriter implements RecordHandler {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.channel");

    private final Channel channel;
    private final LineEncoder encoder;
    private final UndecodablePolicy policy;
    private final DeadLetters deadLetters;
    private final UndecodableLog undecodable;
    private final RateLimitedLog lostLetters;
    private @Nullable LogWriter log;
    private @Nullable StateTable table;
    private long reportedBytes;
    private long reportedStart;
    private long reportedKeys;
    private long reportedStateBytes;
    private long reportedImageBytes;
    private long reportedImagesLost;

    /** A writer for {@code channel}; {@code deadLetters} takes what cannot be decoded if {@code policy} says so. */
    public ChannelWriter(Channel channel, LineEncoder encoder, UndecodablePolicy policy, DeadLetters deadLetters) {
        this.channel = channel;
        this.encoder = encoder;
        this.policy = policy;
        this.deadLetters = deadLetters;
        LongSupplier nanoTime = channel.services().nanoTime();
        this.undecodable = new UndecodableLog(LOG, channel.name(), policy, nanoTime);
        this.lostLetters = new RateLimitedLog(LOG, nanoTime);
    }

    @Override
    public void opened(StreamStart start) {
        begin(start);
        channel.become(channel.state().opened(log().log(), table));
    }

    @Override
    public void record(SourceRecord record) {
        try {
            append(encoder.encode(record), record);
            count(Meter.RECORDS, 1);
        } catch (UndecodableException e) {
            undecodable(record, e);
        }
    }

    @Override
    public void gap(Gap gap) {
        count(Meter.SOURCE_GAPS, 1);
        log().appendGap(gap, ServerLine.gap(channel.name(), gap), now(), now());
    }

    @Override
    public void batchEnd(PositionVector progress) {
        undecodable.report();
        log().progress(progress);
        log().expire(now());
        report(log().heldBytes(), log().log().start());
        reportState();
        channel.tell();
    }

    @Override
    public void timePassed() {
        undecodable.report();
    }

    @Override
    public void live() {
        channel.become(channel.state().loaded());
    }

    @Override
    public void stale(String reason) {
        countStale();
        become(health().stale(instant(), reason, false));
    }

    @Override
    public void behind(String reason) {
        countStale();
        become(health().stale(instant(), reason, true));
    }

    @Override
    public void fresh() {
        if (health().staleSince() != null) {
            count(Meter.SOURCE_STALE, -1);
        }
        become(health().fresh());
    }

    @Override
    public void reset(ResetReason reason, StreamStart start) {
        begin(start);
        channel.replay().startOver();
        channel.become(channel.state().restarted(log().log(), table, reason));
    }

    @Override
    public void failed(Throwable cause) {
        String reason = cause instanceof UndecodableRecordException
                ? String.valueOf(cause.getMessage())
                : "the channel's source failed; the server's log says why";
        countStale();
        become(ChannelHealth.failed(instant(), reason));
    }

    /** Lets the log go. Call it once the source calls no more and no sink reads. */
    public void close() {
        undecodable.reportAll();
        report(0, reportedStart);
        table = null;
        reportState();
        count(Meter.SOURCE_STALE, health().staleSince() == null ? 0 : -1);
        log = null;
        channel.become(ChannelState.LOADING);
    }

    private ChannelHealth health() {
        return channel.state().health();
    }

    private void become(ChannelHealth next) {
        channel.become(channel.state().with(next));
    }

    private Instant instant() {
        return channel.services().clock().instant();
    }

    private void countStale() {
        count(Meter.SOURCE_STALE, health().staleSince() == null ? 1 : 0);
    }

    private void report(long bytes, long start) {
        count(Meter.LOG_BYTES, bytes - reportedBytes);
        count(Meter.LOG_EVICTED, start - reportedStart);
        reportedBytes = bytes;
        reportedStart = start;
    }

    private void reportState() {
        StateTable now = table;
        if (now != null) {
            now.letGoUnread();
        }
        long keys = now == null ? 0 : now.keys();
        long bytes = now == null ? 0 : now.bytes();
        count(Meter.STATE_KEYS, keys - reportedKeys);
        count(Meter.STATE_BYTES, bytes - reportedStateBytes);
        reportImages(now == null ? 0 : now.imageBytes(), now == null ? 0 : now.imagesLost());
        reportedKeys = keys;
        reportedStateBytes = bytes;
    }

    private void reportImages(long bytes, long lost) {
        count(Meter.SNAPSHOT_BYTES, bytes - reportedImageBytes);
        count(Meter.SNAPSHOTS_LOST, Math.max(0, lost - reportedImagesLost));
        reportedImageBytes = bytes;
        reportedImagesLost = lost;
    }

    private void begin(StreamStart start) {
        LogWriter fresh = newLog(start);
        StateLimits limits = channel.policy().state();
        log = fresh;
        table = limits == null
                ? null
                : new StateTable(
                        channel.name(), limits, fresh, channel.services().nanoTime());
    }

    private LogWriter newLog(StreamStart start) {
        reportedStart = 0;
        boolean whole = start.beginning().reaches(start.start());
        return new LogWriter(
                start,
                channel.policy().retention(),
                whole ? 0 : now() - channel.policy().retention().age().toMillis());
    }

    private void undecodable(SourceRecord record, UndecodableException error) {
        count(Meter.RECORDS, 1);
        count(error.reason() == GapReason.TOO_LARGE ? Meter.TOO_LARGE : Meter.UNDECODABLE, 1);
        undecodable.note(record, error);
        if (policy == UndecodablePolicy.FAIL) {
            undecodable.reportAll();
            throw new UndecodableRecordException(channel.name(), record, error);
        }
        if (policy == UndecodablePolicy.DEAD_LETTER) {
            deadLetter(record, error);
        }
        Gap gap = Gap.of(record, error.reason());
        log().appendGap(gap, ServerLine.gap(channel.name(), gap), record.timestamp(), ageOf(record.timestamp()));
    }

    private void deadLetter(SourceRecord record, UndecodableException error) {
        try {
            deadLetters.write(record, String.valueOf(error.getMessage()));
        } catch (Throwable e) {
            count(Meter.DEAD_LETTERS_LOST, 1);
            lostLetters.warn("The dead letters of channel '" + channel.name() + "' threw; the record is lost", e);
        }
    }

    private void append(EventLine line, SourceRecord record) {
        StateTable state = table;
        if (state == null) {
            log().append(line, record, ageOf(record.timestamp()));
        } else {
            state.append(line, record, ageOf(record.timestamp()));
        }
    }

    /** Live records count as appended now, whatever their producer's clock says; history keeps its age. */
    private long ageOf(long timestamp) {
        long now = now();
        return channel.state().ready() || timestamp < 0 ? now : Math.min(timestamp, now);
    }

    private LogWriter log() {
        return Objects.requireNonNull(log, "the source sent records before opened()");
    }

    private long now() {
        return channel.services().clock().millis();
    }

    private void count(Meter meter, long amount) {
        if (amount != 0) {
            channel.services().telemetry().add(meter, channel.name(), amount);
        }
    }
}
