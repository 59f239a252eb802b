package io.laundrybridge.session.inbound;

import io.laundrybridge.limits.InboundLimits;
import org.jspecify.annotations.Nullable;

/**
 * The message that a client is sending, put together from its fragments. One call at a time; {@link #isLate} on any
 * thread.
 */
final class InboundMessage {
    private static final long NOTHING = Long.MIN_VALUE;

    private final InboundLimits limits;
    private @Nullable StringBuilder text;
    private int parts;
    private volatile long beganAt = NOTHING;

    InboundMessage(InboundLimits limits) {
        this.limits = limits;
    }

    /** Returns whether there is room for {@code part}, which counts as a fragment from now on. */
    boolean takes(String part) {
        int length = (text == null ? 0 : text.length()) + part.length();
        return length <= limits.chars() && ++parts <= limits.parts();
    }

    /** Returns whether the fragment that was counted last is the first. */
    boolean isFirst() {
        return parts == 1;
    }

    /** Adds {@code part}; the whole message if it was the last, else null. */
    @Nullable String add(String part, boolean last, long now) {
        if (!last) {
            text = text == null ? new StringBuilder(part) : text.append(part);
            beganAt = parts == 1 ? now : beganAt;
            return null;
        }
        String whole = text == null ? part : text.append(part).toString();
        text = null;
        parts = 0;
        beganAt = NOTHING;
        return whole;
    }

    /** Returns whether it has taken too long to arrive. */
    boolean isLate(long now) {
        long began = beganAt;
        return began != NOTHING && now - began > limits.time().toNanos();
    }

    /** Lets go of what has arrived. */
    void forget() {
        text = null;
    }
}
