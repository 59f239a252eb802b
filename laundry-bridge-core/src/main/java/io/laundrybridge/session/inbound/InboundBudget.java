package io.laundrybridge.session.inbound;

import io.laundrybridge.limits.InboundLimits;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The budget of what a client may still send. Everything that arrives costs something, except answers that the server
 * waits for. The container's threads spend it, one call at a time; the session's worker sets whether a pong is awaited.
 */
final class InboundBudget {
    /** The cost of a fragment, in lines. */
    private static final double PART = 1.0 / 8;

    private final TokenBucket lines;
    private final TokenBucket chars;
    private final AtomicBoolean awaitsPong = new AtomicBoolean();

    InboundBudget(InboundLimits limits, LongSupplier nanoTime) {
        this.lines = new TokenBucket(limits.requests(), limits.window(), nanoTime);
        this.chars = new TokenBucket(limits.windowChars(), limits.window(), nanoTime);
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
     * Pays for a line, or for anything else that the server does not wait for.
     *
     * @return false if that is too much
     */
    boolean spendLine() {
        return lines.spend(1);
    }
}
