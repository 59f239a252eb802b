package io.laundrybridge.session.dialect.plain;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.worker.Outlook;
import org.jspecify.annotations.Nullable;

/** The present activity of a plain conversation: it searches its start, reads, or neither. */
interface PlainPhase {
    /** Before the session opens, and once it has nothing to do with its channel any more. */
    PlainPhase NONE = new PlainPhase() {};

    /**
     * Returns the phase that follows; itself as long as nothing has been found.
     *
     * @throws PlainRefusal if the client cannot be served
     */
    default PlainPhase goOn() throws PlainRefusal {
        return this;
    }

    /** Returns the next value as a frame; null if there is none. */
    default @Nullable Frame next() {
        return null;
    }

    /** Returns what the next turn would find. */
    default Outlook outlook() {
        return Outlook.UNSURE;
    }

    /** Returns whether values are read. */
    default boolean reads() {
        return false;
    }

    /** Returns whether it is about {@code channel}. */
    default boolean isOf(Channel channel) {
        return false;
    }

    /** Drops snapshots that the client has not read for too long. */
    default void expire(long now) {}

    /** Releases everything. */
    default void close() {}
}
