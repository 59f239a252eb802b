package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.PositionVector;

/**
 * The question of a {@link ReplayRequest}: which piece, or which place of a channel. Immutable.
 *
 * @param log the channel's log at that time: the answer belongs to the same epoch of the stream
 * @param from where to read; for a question about a place, the answer for partitions without a result
 * @param detail the time in milliseconds since 1970, or how many partitions are expected; else 0
 */
record ReplayQuestion(ReplayKind kind, ChannelLog log, PositionVector from, long detail) {
    /** The distance in offsets within which two questions are answered by one piece. */
    private static final long NEAR = 2_000;

    /** Asks for the piece of the stream that begins at {@code from}. */
    static ReplayQuestion piece(ReplayKind kind, ChannelLog log, PositionVector from) {
        return new ReplayQuestion(kind, log, from, 0);
    }

    /** Asks for the place of a time, in milliseconds since 1970. */
    static ReplayQuestion time(ChannelLog log, long since) {
        return new ReplayQuestion(ReplayKind.TIME, log, log.progress(), since);
    }

    /** Asks for the place where the stream begins, with at least {@code partitions} partitions. */
    static ReplayQuestion beginning(ChannelLog log, int partitions) {
        return new ReplayQuestion(ReplayKind.BEGINNING, log, log.progress(), partitions);
    }

    boolean isForPiece() {
        return kind == ReplayKind.RESUME || kind == ReplayKind.START || kind == ReplayKind.PACED;
    }

    /** Returns whether both ask for pieces that can be read together. */
    boolean isNear(ReplayQuestion other) {
        return isForPiece()
                && other.isForPiece()
                && log == other.log
                && from.offsetsTo(other.from) + other.from.offsetsTo(from) <= NEAR;
    }

    /** Returns whether both ask for the same place. */
    boolean isSame(ReplayQuestion other) {
        return kind == other.kind && log == other.log && detail == other.detail;
    }

    /** Returns the number of offsets between the requested piece and the log's end now; 0 for a place. */
    long behind() {
        return isForPiece() ? from.offsetsTo(log.progress()) : 0;
    }
}
