package io.laundrybridge.channel;

import io.laundrybridge.channel.latest.LatestTable;
import io.laundrybridge.channel.latest.TableWriter;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.SourceRecord;

/** The memory of a channel with state: a log and a table. */
record LatestMemory(LogWriter log, TableWriter writer) implements ChannelMemory {

    @Override
    public LatestTable table() {
        return writer.table();
    }

    @Override
    public boolean shows(EventLine line) {
        return line.key() != null && writer.table().shows(line.key());
    }

    @Override
    public void append(EventLine line, SourceRecord record, long ageMillis) {
        writer.append(line, record, ageMillis);
    }

    @Override
    public MemoryUse use() {
        writer.letGoUnread();
        return MemoryUse.of(log).with(writer.table());
    }
}
