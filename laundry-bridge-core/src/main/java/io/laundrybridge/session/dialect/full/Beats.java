package io.laundrybridge.session.dialect.full;

import io.laundrybridge.limits.BeatLimits;
import io.laundrybridge.session.inbound.BeatAnswers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * The heartbeat of a full session, which is also its flow control. A kernel hides megabytes behind a slow reader, so
 * only answered beats show how far the client really is. Confined to the session's worker.
 */
final class Beats {
    private final BeatLimits limits;
    private final long interval;
    private final BeatAnswers answers;
    private final LongSupplier nanoTime;
    private final Deque<Beat> unanswered = new ArrayDeque<>();
    private long count;
    private long sent;
    private long sentAtBeat;
    private long answeredUpTo;
    private long lastBeatAt;
    private long answeredAt;
    private boolean suspect;

    private record Beat(long n, long sentBefore, long at) {}

    /** Makes the heartbeat of a session whose client's answers are in {@code answers}. */
    Beats(BeatLimits limits, long intervalNanos, BeatAnswers answers, LongSupplier nanoTime) {
        this.limits = limits;
        this.interval = intervalNanos;
        this.answers = answers;
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        this.lastBeatAt = now;
        this.answeredAt = now;
    }

    /** Returns whether the client has answered enough for more to be sent. If not, the next answer wakes the worker. */
    boolean open() {
        look();
        if (!hasRoom()) {
            answers.want();
            look(); // for an answer that came meanwhile, and woke nobody
        }
        return hasRoom();
    }

    private boolean hasRoom() {
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
        answers.sent(count);
        sentAtBeat = sent;
        lastBeatAt = now;
        return count;
    }

    /** Looks for answers that have arrived. */
    private void look() {
        long newest = answers.newest();
        while (!unanswered.isEmpty() && unanswered.peekFirst().n() <= newest) {
            answeredUpTo = unanswered.removeFirst().sentBefore();
            answeredAt = nanoTime.getAsLong();
        }
    }

    /**
     * Returns whether the oldest unanswered beat has waited too long, and no other was answered meanwhile. It takes two
     * looks in sequence: at the first one an answer may still be unread, because this process was halted.
     */
    boolean lost(long now) {
        look();
        Beat oldest = unanswered.peekFirst();
        long timeout = limits.timeout().toNanos();
        boolean late = oldest != null && now - oldest.at() >= timeout && now - answeredAt >= timeout;
        boolean lost = late && suspect;
        suspect = late;
        return lost;
    }
}
