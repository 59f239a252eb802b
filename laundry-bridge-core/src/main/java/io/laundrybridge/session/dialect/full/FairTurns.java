package io.laundrybridge.session.dialect.full;

import io.laundrybridge.session.frame.FrameBuffer;
import io.laundrybridge.session.socket.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order in which the subscriptions of a session send: each in its turn. Confined to the session's worker. */
final class FairTurns {
    /** What one channel may put into a frame before the next has its turn. */
    private static final int TURN_BYTES = 16 << 10;

    private final List<Subscription> subscriptions;
    private int turn;

    /** Turns among {@code subscriptions}, a list that may grow and shrink. */
    FairTurns(List<Subscription> subscriptions) {
        this.subscriptions = subscriptions;
    }

    /**
     * A piece of the log that can go out as it is: if one subscription alone has something to send, or if the one whose turn
     * it is compresses.
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

    /** How far behind the last that had its turn the next with something to send is, at least {@code ahead}. */
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
     * Fills {@code frame}, each subscription in its turn. One that needs an emptier frame, or one of its own, ends it and begins
     * the next; if it were passed over, others could keep it waiting for ever.
     */
    void fill(FrameBuffer frame) {
        for (int i = 0;
                i < subscriptions.size() && frame.room() > 0 && inTurn(1).fill(frame, TURN_BYTES);
                i++) {
            turn = (turn + 1) % subscriptions.size();
        }
    }
}
