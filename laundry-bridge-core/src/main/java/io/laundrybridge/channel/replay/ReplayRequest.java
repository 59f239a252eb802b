package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.PositionVector;
import org.jspecify.annotations.Nullable;

/**
 * One session's wish to read a part of a channel again, or to know where a place lies in it. Thread-safe.
 */
public final class ReplayRequest {
    private final ChannelReplay channel;
    private final ReplayAccount account;
    private final Kind kind;
    private final ChannelLog log;
    private final PositionVector from;
    private final long detail;
    private final Runnable answered;
    private final long behind;
    private volatile @Nullable ReplayAnswer answer;
    private int missed; // guarded by the queue

    /** What is asked for, the most urgent first. */
    public enum Kind {
        /** The next piece for a session that had been further already: it comes back, or fell behind. */
        RESUME,
        /** The next piece for a session that begins in the past: {@code earliest}, {@code since}. */
        START,
        /** Where a time lies. */
        TIME,
        /** Where the stream begins now. */
        BEGINNING;

        boolean isPiece() {
            return this == RESUME || this == START;
        }
    }

    /**
     * A request that waits.
     *
     * @param from where to read; where a place is asked for, what stands in for records that are not there
     * @param detail the time in milliseconds since 1970, or how many partitions are expected; else 0
     */
    ReplayRequest(
            ChannelReplay channel,
            ReplayAccount account,
            Kind kind,
            ChannelLog log,
            PositionVector from,
            long detail,
            Runnable answered) {
        this.channel = channel;
        this.account = account;
        this.kind = kind;
        this.log = log;
        this.from = from;
        this.detail = detail;
        this.answered = answered;
        this.behind = kind.isPiece() ? distance(from, log.progress()) : 0;
    }

    /** What became of it; null while it waits. A source that cannot be reached is tried again until it can. */
    public @Nullable ReplayAnswer answer() {
        return answer;
    }

    /** Nobody waits for the answer any more. Idempotent. */
    public void cancel() {
        channel.cancel(this);
    }

    /** The log that was asked for. */
    public ChannelLog log() {
        return log;
    }

    Kind kind() {
        return kind;
    }

    ReplayAccount account() {
        return account;
    }

    /** The time in milliseconds since 1970, or how many partitions are expected. */
    long detail() {
        return detail;
    }

    PositionVector from() {
        return from;
    }

    /** How many offsets lay before the log's end when this was asked. */
    long behind() {
        return behind;
    }

    /** Turns in which nothing was read that serves it. */
    int missed() {
        return missed;
    }

    void miss() {
        missed++;
    }

    void answer(ReplayAnswer given) {
        answer = given;
    }

    void tell() {
        answered.run();
    }

    private static long distance(PositionVector from, PositionVector to) {
        long distance = 0;
        for (int p = 0; p < to.partitions(); p++) {
            distance += Math.max(0, to.next(p) - from.next(p));
        }
        return distance;
    }
}
