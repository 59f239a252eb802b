package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.encode.EventLine;
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

/** Writes replayed records into a finished log. An undecodable record becomes a gap, as it did when it was live. */
final class PieceWriter implements HistoryHandler {
    /** The bytes that Kafka needs per record beside key, value and headers, by estimate. */
    private static final long RECORD_OVERHEAD = 12;

    private final String channel;
    private final LineEncoder encoder;
    private final LogWriter lines;
    private final long enough;
    private final Map<String, FieldValues> newest = new HashMap<>();
    private long written;
    private long records;
    private long read;
    private long unseen;

    PieceWriter(String channel, LineEncoder encoder, ChannelLog live, PositionVector begin, long enough) {
        this.channel = channel;
        this.encoder = encoder;
        this.enough = enough;
        this.lines = LogWriter.whole(new StreamStart(live.epoch(), live.beginning(), begin));
    }

    @Override
    public void record(SourceRecord record) {
        records++;
        long size = size(record);
        read += size;
        try {
            EventLine line = line(record);
            if (line == null) {
                unseen += size;
            } else {
                lines.append(line, record, 0, before(line.key(), line.fields()));
                written += line.length();
            }
        } catch (UndecodableException e) {
            unseen += size;
            gap(Gap.of(record, e.reason()));
        }
    }

    private @Nullable EventLine line(SourceRecord record) throws UndecodableException {
        SourceRecord shown = encoder.view(record);
        if (shown == null) {
            return null;
        }
        return encoder.keeps(shown) ? encoder.encode(shown) : encoder.dropped(shown);
    }

    /** Returns the fields of the key's value before this one. They are unknown for the first one in the piece. */
    private @Nullable FieldValues before(@Nullable String key, @Nullable FieldValues fields) {
        return key == null || fields == null ? FieldValues.NOTHING : newest.put(key, fields);
    }

    @Override
    public void gap(Gap gap) {
        byte[] line = ServerLine.gap(channel, gap);
        lines.appendGap(gap, line, 0, 0);
        written += line.length;
    }

    @Override
    public boolean wantsMore() {
        return written < enough && read < enough;
    }

    /**
     * Returns the piece of {@code life}, which begins at {@code begin} and was read up to {@code end}.
     *
     * @param inOrder whether its partitions are in order of time
     * @param last whether it ends where memory began
     */
    Piece finished(long life, PositionVector begin, PositionVector end, boolean inOrder, boolean last) {
        lines.progress(end);
        return new Piece(life, begin, lines, lines.heldBytes(), records, read, unseen, inOrder, last);
    }

    private static long size(SourceRecord record) {
        long size = RECORD_OVERHEAD + length(record.key()) + length(record.value());
        for (SourceRecord.Header header : record.headers()) {
            size += header.name().length() + length(header.value());
        }
        return size;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
