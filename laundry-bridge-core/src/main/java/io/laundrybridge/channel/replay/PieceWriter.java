package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.encode.LineEncoder;
import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.protocol.ServerLine;
import io.laundrybridge.source.HistoryHandler;
import io.laundrybridge.source.StreamStart;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what is read again into a finished log. What cannot be decoded becomes a gap, as it did when it was live. */
final class PieceWriter implements HistoryHandler {
    private final String channel;
    private final LineEncoder encoder;
    private final ChannelLog lines;
    private final long enough;
    private final Map<String, FieldValues> newest = new HashMap<>();
    private long written;
    private long records;

    PieceWriter(String channel, LineEncoder encoder, ChannelLog live, PositionVector begin, long enough) {
        this.channel = channel;
        this.encoder = encoder;
        this.enough = enough;
        this.lines = ChannelLog.whole(new StreamStart(live.epoch(), live.beginning(), begin));
    }

    @Override
    public void record(SourceRecord record) {
        records++;
        try {
            var line = encoder.encode(record);
            lines.append(line, record, 0, before(line.key(), line.fields()));
            written += line.length();
        } catch (UndecodableException e) {
            gap(Gap.of(record, e.reason()));
        }
    }

    /** Only this piece is known: before the first of a key anything may have been. */
    private @Nullable FieldValues before(@Nullable String key, @Nullable FieldValues fields) {
        return key == null || fields == null ? FieldValues.NOTHING : newest.put(key, fields);
    }

    @Override
    public void gap(Gap gap) {
        byte[] line = ServerLine.gap(channel, gap);
        lines.append(gap, line, 0, 0);
        written += line.length;
    }

    @Override
    public boolean wantsMore() {
        return written < enough;
    }

    long records() {
        return records;
    }

    /** The log, read up to {@code end}. */
    ChannelLog finished(PositionVector end) {
        lines.progress(end);
        return lines;
    }
}
