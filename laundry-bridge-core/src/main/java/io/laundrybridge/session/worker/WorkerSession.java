package io.laundrybridge.session.worker;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.CloseCode;
import java.util.function.ObjLongConsumer;

/** A session, as seen by the worker that owns it. Confined to the worker. */
interface WorkerSession {

    /** Handles the passage of time; {@code now} in nanoseconds. */
    void tick(long now);

    /** Reports what the session has yet to read of each of its channels. */
    void lags(ObjLongConsumer<Channel> report);

    /** Handles that {@code channel} has gone. */
    void removed(Channel channel);

    /** Sends {@code bye} and closes; the client is asked to reconnect within {@code spreadMillis} at random. */
    void close(CloseCode code, String reason, long spreadMillis);

    /** The worker ends: drops the connection and ends the session. */
    void abandon();
}
