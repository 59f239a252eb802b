package io.laundrybridge.channel;

import io.laundrybridge.channel.latest.LatestTable;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.SourceRecord;
import org.jspecify.annotations.Nullable;

/** The memory of a channel without state: a log. */
record StreamMemory(LogWriter log) implements ChannelMemory {

    @Override
    public @Nullable LatestTable table() {
        return null;
    }

    @Override
    public boolean shows(EventLine line) {
        return false;
    }

    @Override
    public void append(EventLine line, SourceRecord record, long ageMillis) {
        log.append(line, record, ageMillis);
    }

    @Override
    public MemoryUse use() {
        return MemoryUse.of(log);
    }
}
