package io.laundrybridge.session.wake;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * What a channel may bring without anybody being woken before the next tick: events from {@code from} on, as many as one
 * frame takes. Immutable; any thread may ask whether it lasts.
 *
 * @param state what the channel was when it began
 * @param log the log that events lie in; null where nobody waits for events
 */
public record QuietPeriod(
        Channel channel, ChannelState state, @Nullable ChannelLog log, long from, int frameBytes) {

    /** One in which nobody waits for events. */
    static QuietPeriod without(Channel channel, ChannelState state) {
        return new QuietPeriod(channel, state, null, Long.MAX_VALUE, 0);
    }

    /** Whether nothing has come that shall not wait. */
    public boolean coversNow() {
        return state.equals(channel.state()) && (log == null || (log.newestGap() < from && fits(log)));
    }

    /** Whether all that waits lies in one frame; behind the end of a segment of the log it does not. */
    private boolean fits(ChannelLog present) {
        long head = present.head(); // before reading: what comes meanwhile is looked at by itself
        return Cursor.before(present, from).read(frameBytes, Integer.MAX_VALUE).end() >= head;
    }
}
