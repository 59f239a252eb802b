package io.laundrybridge.session.dialect.full;

import io.laundrybridge.limits.BeatLimits;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The heartbeat of a full session, which is also its flow control. A kernel hides megabytes behind a slow reader, so
 * only answered beats show how far the client really is. Confined to the session's worker.
 */
final class Beats {
    private final BeatLimits limits;
    private final long interval;
    private final Deque<Beat> unanswered = new ArrayDeque<>();
    private long count;
    private long sent;
    private long sentAtBeat;
    private long answeredUpTo;
    private long lastBeatAt;
    private long answeredAt;
    private boolean suspect;

    private record Beat(long n, long sentBefore, long at) {}

    Beats(BeatLimits limits, long intervalNanos, long now) {
        this.limits = limits;
        this.interval = intervalNanos;
        this.lastBeatAt = now;
        this.answeredAt = now;
    }

    /** Returns whether the client has answered enough for more to be sent. */
    boolean open() {
        return sent - answeredUpTo < limits.unansweredBytes();
    }

    void sent(int bytes) {
        sent += bytes;
    }

    /** Returns whether a beat is due by bytes. */
    boolean due() {
        return sent - sentAtBeat >= limits.bytes();
    }

    /** Returns whether a beat is due by bytes or by time. */
    boolean due(long now) {
        return due() || now - lastBeatAt >= interval;
    }

    /** Returns the number of the beat that is sent now. */
    long next(long now) {
        unanswered.add(new Beat(++count, sent, now));
        sentAtBeat = sent;
        lastBeatAt = now;
        return count;
    }

    /** Records that the client answered beat {@code n}; impossible numbers are ignored. */
    void answered(long n, long now) {
        while (!unanswered.isEmpty() && unanswered.peekFirst().n() <= n && n <= count) {
            answeredUpTo = unanswered.removeFirst().sentBefore();
            answeredAt = now;
        }
    }

    /**
     * Returns whether the oldest unanswered beat has waited too long, and no other was answered meanwhile. It takes two
     * looks in sequence: at the first one an answer may still be unread, because this process was halted.
     */
    boolean lost(long now) {
        Beat oldest = unanswered.peekFirst();
        long timeout = limits.timeout().toNanos();
        boolean late = oldest != null && now - oldest.at() >= timeout && now - answeredAt >= timeout;
        boolean lost = late && suspect;
        suspect = late;
        return lost;
    }
}
