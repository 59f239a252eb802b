package io.laundrybridge.channel.replay;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.PositionVector;

/** Reads parts of one channel again that have left its log. Thread-safe. */
public interface ChannelReplay {

    /**
     * Asks for what lies at {@code from}, which {@code log} no longer reaches. Returns at once.
     *
     * <p>Leader epochs of {@code from} must have been seen by this node's own reader, or be lower.
     *
     * @param log the channel's log; pieces are of the same life of the stream
     * @param from where to read; a record whose leader epoch contradicts it makes the answer
     *     {@link ReplayAnswer.Gone}
     * @param answered run once when the answer is there, on any thread; must not block
     */
    ReplayRequest ask(ChannelLog log, PositionVector from, Runnable answered);
}
