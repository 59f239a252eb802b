package io.laundrybridge.channel;

import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.encode.LineEncoder;
import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.Meter;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.protocol.ServerLine;
import io.laundrybridge.source.DeadLetters;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.StreamStart;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a channel. It takes records from the source, has them encoded, appends the lines to the log and
 * wakes the readers once per batch. Confined to the source's thread.
 */
public final class ChannelWriter implements RecordHandler {
    private final Channel channel;
    private final LineEncoder encoder;
    private final ChannelMeters meters;
    private final UndecodableRecords undecodable;
    private @Nullable ChannelMemory memory;

    /**
     * Makes a writer for {@code channel}; {@code deadLetters} receives undecodable records if {@code policy} says so.
     */
    public ChannelWriter(Channel channel, LineEncoder encoder, UndecodablePolicy policy, DeadLetters deadLetters) {
        this.channel = channel;
        this.encoder = encoder;
        this.meters = new ChannelMeters(channel.name(), channel.services().telemetry());
        this.undecodable = new UndecodableRecords(channel, policy, deadLetters, meters);
    }

    @Override
    public void opened(StreamStart start) {
        meters.begin();
        ChannelMemory fresh = begin(start);
        channel.become(channel.state().opened(fresh.log().log(), fresh.table()));
    }

    @Override
    public void record(SourceRecord record) {
        try {
            SourceRecord shown = encoder.view(record);
            if (shown == null) {
                meters.count(Meter.FILTERED, 1);
            } else if (encoder.keeps(shown)) {
                memory().append(encoder.encode(shown), shown, ageOf(shown.timestamp()));
            } else {
                drop(shown);
            }
            meters.count(Meter.RECORDS, 1);
        } catch (UndecodableException e) {
            meters.count(Meter.RECORDS, 1);
            append(undecodable.handle(record, e), record.timestamp(), ageOf(record.timestamp()));
        }
    }

    /** Shows nothing of {@code record}, and no value of its key that is outdated now. */
    private void drop(SourceRecord record) {
        meters.count(Meter.FILTERED, 1);
        EventLine deletion = encoder.dropped(record);
        if (deletion != null && memory().shows(deletion)) {
            memory().append(deletion, record, ageOf(record.timestamp()));
        }
    }

    @Override
    public void gap(Gap gap) {
        meters.count(Meter.SOURCE_GAPS, 1);
        append(gap, now(), now());
    }

    @Override
    public void batchEnd(PositionVector progress) {
        undecodable.report();
        LogWriter log = memory().log();
        log.progress(progress);
        log.expire(now());
        meters.report(memory().use());
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
        become(health().stale(instant(), reason, false));
    }

    @Override
    public void behind(String reason) {
        become(health().stale(instant(), reason, true));
    }

    @Override
    public void fresh() {
        become(health().fresh());
    }

    @Override
    public void reset(ResetReason reason, StreamStart start) {
        ChannelMemory fresh = begin(start);
        channel.replay().startOver();
        channel.become(channel.state().restarted(fresh.log().log(), fresh.table(), reason));
    }

    @Override
    public void failed(Throwable cause) {
        String reason = cause instanceof UndecodableRecordException
                ? String.valueOf(cause.getMessage())
                : "the channel's source failed; the server's log says why";
        become(ChannelHealth.failed(instant(), reason));
    }

    /** Releases the log. Call it once the source makes no more calls and no sink reads. */
    public void close() {
        undecodable.reportAll();
        memory = null;
        meters.newLife();
        meters.report(MemoryUse.NONE);
        countStale(ChannelState.LOADING.health());
        channel.become(ChannelState.LOADING);
    }

    private ChannelHealth health() {
        return channel.state().health();
    }

    private void become(ChannelHealth next) {
        countStale(next);
        channel.become(channel.state().with(next));
    }

    private void countStale(ChannelHealth next) {
        meters.count(Meter.SOURCE_STALE, (next.staleSince() == null ? 0 : 1) - (health().staleSince() == null ? 0 : 1));
    }

    private ChannelMemory begin(StreamStart start) {
        meters.newLife();
        ChannelMemory fresh = ChannelMemory.begin(channel, start);
        memory = fresh;
        return fresh;
    }

    private void append(Gap gap, long timestamp, long ageMillis) {
        memory().log().appendGap(gap, ServerLine.gap(channel.name(), gap), timestamp, ageMillis);
    }

    /**
     * Returns the age of a record. Live records count as appended now, whatever their producer's clock says; history
     * keeps its age.
     */
    private long ageOf(long timestamp) {
        long now = now();
        return channel.state().ready() || timestamp < 0 ? now : Math.min(timestamp, now);
    }

    private ChannelMemory memory() {
        return Objects.requireNonNull(memory, "the source sent records before opened()");
    }

    private long now() {
        return channel.services().clock().millis();
    }

    private Instant instant() {
        return channel.services().clock().instant();
    }
}
