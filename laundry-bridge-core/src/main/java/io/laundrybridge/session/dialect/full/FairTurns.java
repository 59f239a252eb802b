package io.laundrybridge.session.dialect.full;

import io.laundrybridge.session.frame.FrameBuffer;
import io.laundrybridge.session.socket.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order in which the subscriptions of a session send: each in its turn. Confined to the session's worker. */
final class FairTurns {
    /** The most bytes of one channel in a frame before the next has its turn. */
    private static final int TURN_BYTES = 16 << 10;

    private final List<Subscription> subscriptions;
    private int turn;

    /** Gives turns to {@code subscriptions}, a list that may grow and shrink. */
    FairTurns(List<Subscription> subscriptions) {
        this.subscriptions = subscriptions;
    }

    /**
     * Returns a piece of the log that can be sent unchanged. There is one if a single subscription has something to
     * send, or if the one with the turn compresses.
     */
    @Nullable Frame slice(int maxBytes) {
        int first = working(1);
        if (first > subscriptions.size()) {
            return null;
        }
        Subscription next = inTurn(first);
        if (working(first + 1) > subscriptions.size()) {
            return next.slice(maxBytes);
        }
        Frame slice = next.compresses() ? next.slice(Math.min(maxBytes, TURN_BYTES)) : null;
        turn = slice == null ? turn : (turn + first) % subscriptions.size();
        return slice;
    }

    /**
     * Returns how far the next subscription with something to send is after the last one that had its turn, at least
     * {@code ahead}.
     */
    private int working(int ahead) {
        int next = ahead;
        while (next <= subscriptions.size() && !inTurn(next).hasWork()) {
            next++;
        }
        return next;
    }

    private Subscription inTurn(int ahead) {
        return subscriptions.get((turn + ahead) % subscriptions.size());
    }

    /**
     * Fills {@code frame}, each subscription in its turn. A subscription that needs an emptier frame, or one of its
     * own, ends the frame and begins the next. If it were passed over, others could delay it for ever.
     */
    void fill(FrameBuffer frame) {
        boolean only = subscriptions.size() == 1;
        for (int i = 0;
                i < subscriptions.size() && frame.room() > 0 && inTurn(1).fill(frame, TURN_BYTES, only);
                i++) {
            turn = (turn + 1) % subscriptions.size();
        }
    }
}
