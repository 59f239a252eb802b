package io.laundrybridge.channel;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.state.StateTable;
import io.laundrybridge.event.ResetReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is right now; replaced as a whole, so that readers see one consistent state. Immutable.
 *
 * @param log the log of the channel's present life, or null before the source was opened
 * @param table the newest value of every key; null for a plain stream, or before the source was opened
 * @param ready whether the history is loaded; stays true once it was
 * @param staleSince since when the source is behind or unreachable; null if it is well
 * @param reason why it is stale or failed, else ""
 * @param passes whether the reason usually passes by itself
 * @param reset why the present log replaced the one before, or null for the first
 * @param failed whether the channel gave up for good
 */
public record ChannelState(
        @Nullable ChannelLog log,
        @Nullable StateTable table,
        boolean ready,
        @Nullable Instant staleSince,
        String reason,
        boolean passes,
        @Nullable ResetReason reset,
        boolean failed) {

    static final ChannelState LOADING = new ChannelState(null, null, false, null, "", false, null, false);

    ChannelState opened(ChannelLog newLog, @Nullable StateTable newTable) {
        return new ChannelState(newLog, newTable, ready, staleSince, reason, passes, reset, failed);
    }

    ChannelState restarted(ChannelLog newLog, @Nullable StateTable newTable, ResetReason why) {
        return new ChannelState(newLog, newTable, ready, staleSince, reason, passes, why, failed);
    }

    ChannelState loaded() {
        return new ChannelState(log, table, true, staleSince, reason, passes, reset, failed);
    }

    ChannelState stale(Instant since, String why, boolean passing) {
        return new ChannelState(
                log, table, ready, staleSince == null ? since : staleSince, why, passing, reset, failed);
    }

    ChannelState fresh() {
        return new ChannelState(log, table, ready, null, "", false, reset, failed);
    }

    ChannelState gaveUp(Instant since, String why) {
        return new ChannelState(log, table, ready, since, why, false, reset, true);
    }
}
