package io.laundrybridge.session.worker;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.socket.Frame;
import org.jspecify.annotations.Nullable;

/** What a session says in its dialect. Confined to the session's worker. */
public interface Conversation {

    /** Makes the conversation of a session. */
    @FunctionalInterface
    interface Factory {
        Conversation begin(Session session);
    }

    /** The session begins. */
    void opened();

    /** The client sent a line. */
    void line(ClientLine line);

    /** The client answered a WebSocket ping. */
    default void pong() {}

    /** There was no thread to send the ping that {@link #next} gave. */
    default void pingLeftOut() {}

    /** What to send next, or null if nothing waits or may go now. */
    @Nullable Frame next();

    /** What {@link #next} would find now. */
    Outlook outlook();

    /** Time has passed; {@code now} in nanoseconds. */
    void tick(long now);

    /** {@code channel} is no longer there. */
    void removed(Channel channel);

    /** The last word before the server closes; nothing follows. None unless the dialect has one. */
    default @Nullable Frame bye(CloseCode code, long retryAfterMillis) {
        return null;
    }

    /** The session is over: let go of everything. */
    void ended();
}
