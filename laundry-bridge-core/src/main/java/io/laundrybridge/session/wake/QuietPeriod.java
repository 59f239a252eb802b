package io.laundrybridge.session.wake;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * A period in which a channel may change without waking a session before the next tick. It ends after as many events
 * from {@code from} on as fit into one frame. Immutable; any thread may ask whether it lasts.
 *
 * @param state the channel's state when it began
 * @param log the log of the events; null if no session waits for events
 */
public record QuietPeriod(
        Channel channel, ChannelState state, @Nullable ChannelLog log, long from, int frameBytes) {

    /** Returns a period in which no session waits for events. */
    static QuietPeriod without(Channel channel, ChannelState state) {
        return new QuietPeriod(channel, state, null, Long.MAX_VALUE, 0);
    }

    /** Returns whether all that has come may wait. */
    public boolean coversNow() {
        return state.equals(channel.state()) && (log == null || (log.newestGap() < from && fits(log)));
    }

    /** Returns whether all that waits is in one frame; after the end of a segment of the log it is not. */
    private boolean fits(ChannelLog present) {
        long head = present.head(); // before reading: later changes are looked at by themselves
        return Cursor.before(present, from).read(frameBytes, Integer.MAX_VALUE).end() >= head;
    }
}
