package io.laundrybridge.session.worker;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.feed.ReadChannel;
import java.util.List;

/** A session, as seen by the worker that owns it. Confined to the worker. */
interface WorkerSession {

    /** Handles the passage of time; {@code now} in nanoseconds. */
    void tick(long now);

    /** Returns the channels that the session reads. */
    List<ReadChannel> readChannels();

    /** Handles that {@code channel} has gone. */
    void removed(Channel channel);

    /** Sends {@code bye} and closes; the client is asked to reconnect within {@code spreadMillis} at random. */
    void close(CloseCode code, String reason, long spreadMillis);

    /** The worker ends: drops the connection and ends the session. */
    void abandon();
}
