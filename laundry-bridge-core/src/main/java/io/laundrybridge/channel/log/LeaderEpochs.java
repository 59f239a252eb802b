package io.laundrybridge.channel.log;

import io.laundrybridge.event.PositionVector;
import java.util.function.BooleanSupplier;

/**
 * Compares the leader epochs of a position with the epochs of the records around it. Offsets that Kafka lost and wrote
 * again have a higher epoch (KIP-101). So a lost place differs from the same place written later. The comparison
 * continues where it was interrupted. Confined to one thread.
 */
public final class LeaderEpochs {
    private final ChannelLog log;
    private final PositionVector position;
    private final boolean[] passed;
    private final long end;
    private long at;
    private boolean contradicts;

    /**
     * Makes a comparison of {@code position} with the entries from {@code cursor}, which is at or before it, to where
     * the log has passed it.
     */
    public LeaderEpochs(Cursor cursor, PositionVector position) {
        this.log = cursor.log();
        this.position = position;
        this.passed = new boolean[Math.max(1, position.partitions())];
        this.end = Math.min(log.head(), log.indexPast(position) + 1);
        this.at = cursor.next();
        PositionVector before = cursor.position();
        for (int p = 0; p < position.partitions(); p++) {
            contradicts |= before.next(p) <= position.next(p) && above(before.epoch(p), position.epoch(p));
        }
    }

    /** Compares at once, without interruption. */
    public static boolean contradict(Cursor cursor, PositionVector position) {
        LeaderEpochs comparison = new LeaderEpochs(cursor, position);
        comparison.goOn(() -> true);
        return comparison.contradict();
    }

    /** Returns whether this compares {@code wanted} with {@code now}. */
    public boolean isFor(ChannelLog now, PositionVector wanted) {
        return log == now && position.equals(wanted);
    }

    /**
     * Continues as long as {@code steps} allows one more.
     *
     * @return whether the comparison is over
     */
    public boolean goOn(BooleanSupplier steps) {
        while (!contradicts && at < end && steps.getAsBoolean()) {
            LogEntry entry = log.entry(at++);
            if (entry != null && entry.partition() < position.partitions()) {
                compare(entry, entry.partition());
            }
        }
        return contradicts || at >= end;
    }

    /**
     * Returns whether the position cannot be in the log, because a record below it has a higher epoch, or one above it
     * a lower. Unknown epochs pass.
     */
    public boolean contradict() {
        return contradicts;
    }

    private void compare(LogEntry entry, int p) {
        contradicts = entry.offset() < position.next(p)
                ? above(entry.epoch(), position.epoch(p))
                : !passed[p] && above(position.epoch(p), entry.epoch());
        passed[p] |= entry.offset() >= position.next(p);
    }

    private static boolean above(int epoch, int other) {
        return epoch != PositionVector.NO_EPOCH && other != PositionVector.NO_EPOCH && epoch > other;
    }
}
