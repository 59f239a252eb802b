package io.laundrybridge.channel;

import io.laundrybridge.channel.latest.LatestTable;
import io.laundrybridge.channel.latest.TableWriter;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.StateLimits;
import io.laundrybridge.source.StreamStart;
import org.jspecify.annotations.Nullable;

/** What a channel keeps in memory of one epoch of its stream, for its writing thread. */
sealed interface ChannelMemory permits StreamMemory, LatestMemory {

    /** Returns the empty memory of {@code channel}, as its policy says, of a life that begins at {@code start}. */
    static ChannelMemory begin(Channel channel, StreamStart start) {
        Retention retention = channel.policy().retention();
        boolean whole = start.beginning().reaches(start.start());
        long oldest = channel.services().clock().millis() - retention.age().toMillis();
        LogWriter log = new LogWriter(start, retention, whole ? 0 : oldest);
        StateLimits state = channel.policy().state();
        return state == null
                ? new StreamMemory(log)
                : new LatestMemory(
                        log,
                        new TableWriter(
                                channel.name(), state, log, channel.services().nanoTime()));
    }

    /** Returns the writer of the log. */
    LogWriter log();

    /** Returns the newest value of every key; null for a channel without state. */
    @Nullable LatestTable table();

    /** Returns whether the key of {@code line} may have a value that is shown as its newest. */
    boolean shows(EventLine line);

    /** Appends the event of {@code record}. */
    void append(EventLine line, SourceRecord record, long ageMillis);

    /** Returns how much is held now. Called once per batch, as it also drops an image that has no reader. */
    MemoryUse use();
}
