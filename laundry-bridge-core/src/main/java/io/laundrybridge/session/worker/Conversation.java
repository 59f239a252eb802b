package io.laundrybridge.session.worker;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.socket.Frame;
import org.jspecify.annotations.Nullable;

/** A session's side of a dialect. Confined to the session's worker. */
public interface Conversation {

    /** The session begins. */
    void opened();

    /** The client sent a line. */
    void line(ClientLine line);

    /** The client answered a WebSocket ping. */
    default void pong() {}

    /** There was no thread to send the ping that {@link #next} returned. */
    default void pingLeftOut() {}

    /** Returns what to send next, or null if nothing waits or may be sent now. */
    @Nullable Frame next();

    /** Returns what {@link #next} would find now. */
    Outlook outlook();

    /** Time has passed; {@code now} in nanoseconds. */
    void tick(long now);

    /** {@code channel} is gone. */
    void removed(Channel channel);

    /** Returns the last word before the server closes; nothing follows. None unless the dialect has one. */
    default @Nullable Frame bye(CloseCode code, long retryAfterMillis) {
        return null;
    }

    /** The session is over: releases everything. */
    void ended();
}
