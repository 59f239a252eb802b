package io.laundrybridge.session.worker;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.CloseCode;

/** A session as the worker that owns it knows it. Confined to the worker. */
interface WorkerSession {

    /** Time has passed; {@code now} in nanoseconds. */
    void tick(long now);

    /** {@code channel} is no longer there. */
    void removed(Channel channel);

    /** Says goodbye and closes, asking the client to come back within {@code spreadMillis} at random. */
    void close(CloseCode code, String reason, long spreadMillis);

    /** The worker ends: drops the connection and ends the session. */
    void abandon();
}
