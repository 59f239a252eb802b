package io.laundrybridge.session.start;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.replay.ReplayAnswer;
import io.laundrybridge.channel.replay.ReplayKind;
import io.laundrybridge.channel.replay.ReplayRequest;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds the time of a place: the timestamp of the first event there, or the present at the end of the stream. Confined
 * to its worker.
 */
final class TimeOfPlace {
    private static final int MOST = 1_024;

    private final ReadingSession session;
    private final Channel channel;
    private final long patienceNanos;
    private @Nullable ReplayRequest request;
    private long askedAt;

    TimeOfPlace(ReadingSession session, Duration patience, Channel channel) {
        this.session = session;
        this.channel = channel;
        this.patienceNanos = patience.toNanos();
    }

    /**
     * Returns the time of {@code start} in milliseconds since 1970; null while the source is being asked.
     *
     * @throws RefusedLineException if the source has not answered in time
     */
    @Nullable Long of(StartPlace start) {
        ChannelLog log = start.cursor().log();
        if (!start.behind()) {
            return first(log, start.cursor().next(), start.floors());
        }
        ReplayRequest asked = request;
        if (asked == null) {
            asked = channel.replay().ask(session.replays(), ReplayKind.START, log, start.floors(), session::wake);
            request = asked;
            askedAt = session.nanoTime();
        }
        if (asked.answer() instanceof ReplayAnswer.Piece piece) {
            return first(piece.log(), 0, start.floors());
        }
        if (asked.answer() != null || session.nanoTime() - askedAt >= patienceNanos) {
            throw new RefusedLineException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "the source cannot find the time of that position now; try again shortly, or without 'lead'");
        }
        return null;
    }

    private long first(ChannelLog log, long from, PositionVector place) {
        long head = Math.min(log.head(), from + MOST);
        for (long index = from; index < head; index++) {
            LogEntry entry = log.entry(index);
            if (entry != null
                    && entry.isEvent()
                    && entry.timestamp() > 0
                    && entry.offset() >= place.next(entry.partition())) {
                return entry.timestamp();
            }
        }
        return session.clock().millis();
    }

    boolean asks() {
        return request != null;
    }

    void close() {
        if (request != null) {
            request.cancel();
            request = null;
        }
    }
}
