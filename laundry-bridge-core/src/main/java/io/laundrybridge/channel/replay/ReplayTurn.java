package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.event.PositionVector;

/**
 * What one turn of a channel reads: a piece for one request, or for several near each other. Immutable.
 *
 * @param head the request whose turn it is
 * @param from the lowest place of the requests that the piece is for
 * @param alone whether the piece is for {@code head} alone
 * @param goal where reading ends: where memory begins, or a piece that is held
 * @param toMemory whether reading ends where memory begins
 * @param bytes the bytes after which it ends before
 */
record ReplayTurn(
        ReplayRequest head, PositionVector from, boolean alone, PositionVector goal, boolean toMemory, long bytes) {

    /** Returns whether the piece is played at a pace. */
    boolean isPaced() {
        return head.question().kind() == ReplayKind.PACED;
    }

    ChannelLog log() {
        return head.log();
    }

    /**
     * Returns where reading starts: {@link #from} without the leader epochs that this node's own reader has not seen or
     * passed. Forged ones would make Kafka's client wait for a leader that does not exist. The records that are read
     * show whether they are true.
     */
    PositionVector start() {
        PositionVector progress = log().progress();
        PositionVector start = from;
        for (int p = 0; p < from.partitions(); p++) {
            if (from.epoch(p) > progress.epoch(p)) {
                start = start.with(p, from.next(p), PositionVector.NO_EPOCH);
            }
        }
        return start;
    }

    /** Returns where memory begins now. Nothing from there on is read again. */
    static PositionVector memory(ChannelLog log) {
        return Cursor.before(log, log.start()).position().withoutEpochs();
    }
}
