package io.laundrybridge.session;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.Position;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.protocol.StartFrom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the place in a log that a {@code from} names; what memory does not reach becomes an honest gap. Stateless. */
final class StartResolver {
    private final InstantSource clock;

    StartResolver(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The place that {@code from} names, or null if this node has not reached it yet.
     *
     * @throws RefusedLineException if the channel cannot start there
     */
    @Nullable Start resolve(ChannelLog log, StartFrom from, @Nullable StartFrom otherwise, Selection selection) {
        if (from instanceof StartFrom.At at) {
            return at(log, at.position(), otherwise, selection);
        }
        return elsewhere(log, from, selection);
    }

    /** The place to start over at, because the position asked for is void. */
    Start startOver(ChannelLog log, @Nullable StartFrom otherwise, Selection selection, ResetReason reason) {
        StartFrom from = otherwise == null || otherwise instanceof StartFrom.At ? new StartFrom.Live() : otherwise;
        return elsewhere(log, from, selection).because(reason);
    }

    private Start elsewhere(ChannelLog log, StartFrom from, Selection selection) {
        if (from instanceof StartFrom.Last last) {
            return Start.at(Cursor.before(log, newest(log, last.count(), selection)));
        }
        if (from instanceof StartFrom.Since since) {
            return since(log, since.instant());
        }
        if (from instanceof StartFrom.Ago ago) {
            return since(log, ago.instant(clock));
        }
        if (from instanceof StartFrom.Earliest) {
            return cut(log, Cursor.before(log, log.start(clock.millis())));
        }
        if (from instanceof StartFrom.Snapshot) {
            throw new RefusedLineException(
                    ErrorCode.BAD_REQUEST, "the channel keeps no state; start from live, last:100 or earliest");
        }
        return Start.at(Cursor.before(log, log.head()));
    }

    private @Nullable Start at(ChannelLog log, Position position, @Nullable StartFrom otherwise, Selection selection) {
        if (!position.epoch().equals(log.epoch())) {
            return startOver(log, otherwise, selection, ResetReason.EPOCH);
        }
        PositionVector wanted = position.vector();
        PositionVector progress = log.progress();
        if (!progress.reaches(wanted) || epochAhead(wanted, progress)) {
            return null;
        }
        Cursor cursor = Cursor.before(log, Math.max(log.indexFor(wanted), log.start(clock.millis())));
        Start start = new Start(cursor, wanted, wanted, log.indexPast(wanted), List.of(), null);
        return start.withGaps(wanted, missing(wanted, cursor.position()));
    }

    /** A leader epoch that this node's reader has not seen: it is behind, or the position is forged. */
    private static boolean epochAhead(PositionVector wanted, PositionVector progress) {
        for (int p = 0; p < wanted.partitions(); p++) {
            if (wanted.epoch(p) > progress.epoch(p) && progress.epoch(p) != PositionVector.NO_EPOCH) {
                return true;
            }
        }
        return false;
    }

    private Start since(ChannelLog log, Instant instant) {
        long millis = instant.toEpochMilli();
        long index = log.start(clock.millis());
        long end = log.head();
        if (millis <= log.completeSince()) {
            return cut(log, Cursor.before(log, index));
        }
        for (; index < end; index++) {
            LogEntry entry = log.entry(index);
            if (entry != null && entry.timestamp() >= millis) {
                break;
            }
        }
        return Start.at(Cursor.before(log, index));
    }

    /** Starts at {@code cursor}, with a gap for what the stream has before it. */
    private static Start cut(ChannelLog log, Cursor cursor) {
        return Start.at(cursor).withGaps(log.beginning(), missing(log.beginning(), cursor.position()));
    }

    private long newest(ChannelLog log, int count, Selection selection) {
        long oldest = log.start(clock.millis());
        long index = log.head();
        for (int found = 0; index > oldest && found < count; ) {
            LogEntry entry = log.entry(--index);
            if (entry == null) {
                return index + 1;
            }
            found += entry.isEvent() && selection.wants(entry) ? 1 : 0;
        }
        return index;
    }

    private static List<Gap> missing(PositionVector from, PositionVector to) {
        return Gap.between(from, to, GapReason.LIMIT);
    }
}
