package io.laundrybridge.session.inbound;

import io.laundrybridge.limits.InboundLimits;
import io.laundrybridge.protocol.ClientLine;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The budget of what a client may still send. Everything that arrives costs something, except answers that the server
 * waits for. The container's threads spend it, one call at a time; the session's worker sets the awaited answers.
 */
final class InboundBudget {
    /** The cost of a fragment, in lines. */
    private static final double PART = 1.0 / 8;

    private final TokenBucket lines;
    private final TokenBucket chars;
    private final AtomicBoolean awaitsPong = new AtomicBoolean();
    private long answeredBeat;
    private volatile long lastBeat;

    InboundBudget(InboundLimits limits, LongSupplier nanoTime) {
        this.lines = new TokenBucket(limits.requests(), limits.window(), nanoTime);
        this.chars = new TokenBucket(limits.windowChars(), limits.window(), nanoTime);
    }

    /** Makes one answer to beat {@code number}, which is about to be sent, free of cost. For the session's worker. */
    void awaitBeat(long number) {
        lastBeat = number;
    }

    /** Makes the answer to a ping free of cost, or not if the ping was left out. For the session's worker. */
    void awaitPong(boolean now) {
        awaitsPong.set(now);
    }

    /** Returns whether a pong answers a ping of this server. */
    boolean takePong() {
        return awaitsPong.getAndSet(false);
    }

    /**
     * Pays for a fragment.
     *
     * @return false if that is too much
     */
    boolean spendPart(int length, boolean first) {
        return chars.spend(length) && (first || lines.spend(PART));
    }

    /**
     * Pays for an empty line, or for anything else that is no request.
     *
     * @return false if that is too much
     */
    boolean spendLine() {
        return lines.spend(1);
    }

    /**
     * Pays for {@code line}, unless it answers a beat for the first time.
     *
     * @return false if that is too much
     */
    boolean spend(ClientLine line) {
        return answersBeat(line) || lines.spend(1);
    }

    private boolean answersBeat(ClientLine line) {
        boolean first = line instanceof ClientLine.Beat beat && beat.n() > answeredBeat && beat.n() <= lastBeat;
        if (first) {
            answeredBeat = ((ClientLine.Beat) line).n();
        }
        return first;
    }
}
