package io.laundrybridge.channel;

import io.laundrybridge.channel.latest.LatestTable;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.SourceRecord;
import org.jspecify.annotations.Nullable;

/** What a channel keeps in memory of one life of its stream, for the thread that writes it. */
interface ChannelMemory {

    /** The writer of the log. */
    LogWriter log();

    /** The newest value of every key; null for a plain stream. */
    @Nullable LatestTable table();

    /** Appends the event of {@code record}. */
    void append(EventLine line, SourceRecord record, long ageMillis);

    /** How much is held now. To be called once a batch: it lets go of what nobody reads. */
    MemoryUse use();
}
