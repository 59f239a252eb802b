package io.laundrybridge.session.dialect;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.session.feed.ReadChannel;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.worker.Outlook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The present activity of a conversation about one channel: it searches its start, reads, or neither. */
interface OneChannelPhase {
    /** Before the session opens, and once it has nothing to do with its channel any more. */
    OneChannelPhase NONE = new OneChannelPhase() {};

    /**
     * Returns the phase that follows; itself as long as nothing has been found.
     *
     * @throws RefusedSessionException if the client cannot be served
     */
    default OneChannelPhase goOn() throws RefusedSessionException {
        return this;
    }

    /** Returns the frame of the next event; null if there is none. */
    default @Nullable Frame next() {
        return null;
    }

    /** Returns what the next turn would find. */
    default Outlook outlook() {
        return Outlook.UNSURE;
    }

    /** Returns whether events are read. */
    default boolean reads() {
        return false;
    }

    /** Returns the channels that are read. */
    default List<ReadChannel> readChannels() {
        return List.of();
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
