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

    /** The catch-up begins, and ends behind what {@code log} holds now. */
    LiveMark(ChannelLog log) {
        this.at = log.head();
    }

    /** The catch-up begins anew, and ends behind what {@code log} holds now. */
    void set(ChannelLog log) {
        at = log.head();
    }

    /** The catch-up is over. */
    void pass() {
        at = PASSED;
    }

    /** Returns whether the catch-up is over, and the client was told. */
    boolean isPassed() {
        return at == PASSED;
    }

    /** Returns whether {@code feed} has reached the end of the catch-up, and the client was not told yet. */
    boolean isReached(Feed feed) {
        return at != PASSED && feed.inLog() && feed.reader().reached(at);
    }
}
