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
 */
record ReplayTurn(ReplayRequest head, PositionVector from, boolean alone) {

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

    /**
     * Returns where reading ends: half way from the beginning of memory to its end, because memory moves on while it
     * reads.
     */
    PositionVector goal() {
        ChannelLog log = log();
        PositionVector goal = Cursor.before(log, log.start()).position();
        PositionVector end = log.progress();
        for (int p = 0; p < end.partitions(); p++) {
            long next = goal.next(p);
            goal = goal.with(p, next + (end.next(p) - next + 1) / 2, PositionVector.NO_EPOCH);
        }
        return goal;
    }
}
