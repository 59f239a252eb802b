package io.laundrybridge.session;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The heartbeat of a full session, which is its flow control too: a kernel hides megabytes behind a slow reader, so
 * only answered beats tell how far the client really is. Confined to the session's worker.
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
    private long lastHeardAt;

    private record Beat(long n, long sentBefore, long at) {}

    Beats(BeatLimits limits, long intervalNanos, long now) {
        this.limits = limits;
        this.interval = intervalNanos;
        this.lastBeatAt = now;
        this.lastHeardAt = now;
    }

    /** Whether the client has answered enough for more to be sent. */
    boolean open() {
        return sent - answeredUpTo < limits.unansweredBytes();
    }

    void sent(int bytes) {
        sent += bytes;
    }

    /** Whether a beat is due by bytes. */
    boolean due() {
        return sent - sentAtBeat >= limits.bytes();
    }

    /** Whether a beat is due by bytes or by time. */
    boolean due(long now) {
        return due() || now - lastBeatAt >= interval;
    }

    /** The number of the beat that is sent now. */
    long next(long now) {
        unanswered.add(new Beat(++count, sent, now));
        sentAtBeat = sent;
        lastBeatAt = now;
        return count;
    }

    /** The client answered beat {@code n}; numbers it cannot know are ignored. */
    void answered(long n) {
        while (!unanswered.isEmpty() && unanswered.peekFirst().n() <= n && n <= count) {
            answeredUpTo = unanswered.removeFirst().sentBefore();
        }
    }

    void heard(long now) {
        lastHeardAt = now;
    }

    /** Whether a beat has been unanswered, and the client silent, for too long. */
    boolean lost(long now) {
        Beat oldest = unanswered.peekFirst();
        long timeout = limits.timeout().toNanos();
        return oldest != null && now - oldest.at() >= timeout && now - lastHeardAt >= timeout;
    }
}
