package io.laundrybridge.session.worker;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.feed.ReadChannel;
import io.laundrybridge.session.login.LoginLines;
import io.laundrybridge.session.socket.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session's side of a dialect. Confined to the session's worker. */
public interface Conversation {

    /** Begins, once the session has opened. */
    void opened();

    /** Handles a line of the client. */
    void line(ClientLine line);

    /** Handles the client's answer to a WebSocket ping. */
    default void pong() {}

    /** Handles that no thread could send the ping which {@link #next} returned. */
    default void pingLeftOut() {}

    /** Returns what to send next, or null if nothing waits or may be sent now. */
    @Nullable Frame next();

    /** Returns what {@link #next} would find now. */
    Outlook outlook();

    /** Handles the passage of time; {@code now} in nanoseconds. */
    void tick(long now);

    /** Asks again what the session's user may read, because that may have changed. By default nothing is asked. */
    default void recheck() {}

    /** Returns the words of the dialect for logins; null if it takes no tokens. */
    default @Nullable LoginLines loginLines() {
        return null;
    }

    /** Returns the channels that the session reads. */
    default List<ReadChannel> readChannels() {
        return List.of();
    }

    /** Handles that {@code channel} has gone. */
    void removed(Channel channel);

    /** Returns the last frame before the server closes; nothing follows. None unless the dialect has one. */
    default @Nullable Frame bye(CloseCode code, long retryAfterMillis) {
        return null;
    }

    /** Releases everything, because the session is over. */
    void ended();
}
