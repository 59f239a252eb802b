package io.laundrybridge.channel.log;

import io.laundrybridge.event.PositionVector;

/**
 * Compares the leader epochs of a position with those of the records around it. Offsets that Kafka wrote anew after it
 * lost them carry a higher epoch (KIP-101), so a place in what was lost is told from the same place in what came after.
 */
public final class LeaderEpochs {
    private LeaderEpochs() {}

    /**
     * Whether {@code position} cannot lie in this log: below it is a record of a higher epoch, or above it one of a lower.
     * Looks from {@code cursor}, which stands at or before it, to where the log has passed it. Unknown epochs pass.
     */
    public static boolean contradict(Cursor cursor, PositionVector position) {
        ChannelLog log = cursor.log();
        PositionVector before = cursor.position();
        boolean[] passed = new boolean[Math.max(1, position.partitions())];
        for (int p = 0; p < position.partitions(); p++) {
            if (before.next(p) <= position.next(p) && above(before.epoch(p), position.epoch(p))) {
                return true;
            }
        }
        long end = Math.min(log.head(), log.indexPast(position) + 1);
        for (long at = cursor.next(); at < end; at++) {
            LogEntry entry = log.entry(at);
            if (entry == null || entry.partition() >= position.partitions()) {
                continue;
            }
            int p = entry.partition();
            if (entry.offset() < position.next(p)
                    ? above(entry.epoch(), position.epoch(p))
                    : !passed[p] && above(position.epoch(p), entry.epoch())) {
                return true;
            }
            passed[p] |= entry.offset() >= position.next(p);
        }
        return false;
    }

    private static boolean above(int epoch, int other) {
        return epoch != PositionVector.NO_EPOCH && other != PositionVector.NO_EPOCH && epoch > other;
    }
}
