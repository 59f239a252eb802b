package io.laundrybridge.channel.latest;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.source.StreamStart;
import java.util.List;

/** Makes small finished logs of lines that have no place in the stream, for one session. */
public final class RowLog {
    /** A log without lines. */
    public static final ChannelLog EMPTY = of(List.of());

    private RowLog() {}

    /** Returns a log of {@code lines}. It is unknown which values of their keys the reader holds. */
    public static ChannelLog of(List<EventLine> lines) {
        LogWriter writer = LogWriter.small(new StreamStart("", PositionVector.ORIGIN, PositionVector.ORIGIN));
        lines.forEach(line -> writer.appendRow(line, null));
        return writer.log();
    }
}
