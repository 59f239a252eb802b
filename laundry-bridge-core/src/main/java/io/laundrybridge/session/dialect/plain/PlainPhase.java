package io.laundrybridge.session.dialect.plain;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.worker.Outlook;
import org.jspecify.annotations.Nullable;

/** What a plain conversation does now: look for its start, read, or neither. */
interface PlainPhase {
    /** Before the session opens, and once it has nothing to do with its channel any more. */
    PlainPhase NONE = new PlainPhase() {};

    /**
     * The phase that it goes on with; itself unless something has been found.
     *
     * @throws PlainRefusal if the client cannot be served
     */
    default PlainPhase goOn() throws PlainRefusal {
        return this;
    }

    /** The next value as a frame; null if there is none. */
    default @Nullable Frame next() {
        return null;
    }

    /** What the next turn would find. */
    default Outlook outlook() {
        return Outlook.UNSURE;
    }

    /** Whether values are read. */
    default boolean reads() {
        return false;
    }

    /** Whether it is about {@code channel}. */
    default boolean isOf(Channel channel) {
        return false;
    }

    /** Lets go of what the client has not read for too long. */
    default void expire(long now) {}

    /** Lets go of everything. */
    default void close() {}
}
