package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.session.feed.Feed;

/**
 * Marks where the catch-up of a subscription ends: behind what its log held when it began. Confined to the session's
 * worker.
 */
final class LiveMark {
    private static final long PASSED = -1;

    private long at;

    /** Begins the catch-up, which ends behind what {@code log} holds now. */
    LiveMark(ChannelLog log) {
        this.at = log.head();
    }

    /** Begins the catch-up again; it ends behind what {@code log} holds now. */
    void set(ChannelLog log) {
        at = log.head();
    }

    /** Ends the catch-up. */
    void pass() {
        at = PASSED;
    }

    /** Returns whether the catch-up is over and the client knows it. */
    boolean isPassed() {
        return at == PASSED;
    }

    /** Returns whether {@code feed} has reached the end of the catch-up and the client does not know it yet. */
    boolean isReached(Feed feed) {
        return at != PASSED && feed.inLog() && feed.reader().reached(at);
    }
}
