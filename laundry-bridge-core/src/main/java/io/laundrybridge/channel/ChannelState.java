package io.laundrybridge.channel;

import io.laundrybridge.channel.latest.LatestTable;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.event.ResetReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The present state of a channel; replaced as a whole, so that readers see one consistent state. Immutable.
 *
 * @param log the log of the channel's present epoch, or null before the source was opened
 * @param table the newest value of every key; null for a channel without state, or before the source was opened
 * @param ready whether the history is loaded; stays true once it was
 * @param health whether the source delivers
 * @param reset why the present log replaced the one before, or null for the first
 */
public record ChannelState(
        @Nullable ChannelLog log,
        @Nullable LatestTable table,
        boolean ready,
        ChannelHealth health,
        @Nullable ResetReason reset) {

    static final ChannelState LOADING = new ChannelState(null, null, false, ChannelHealth.WELL, null);

    /** Returns the channel's phase. */
    public ChannelPhase phase() {
        if (health.failed()) {
            return ChannelPhase.FAILED;
        }
        if (!ready) {
            return ChannelPhase.LOADING;
        }
        return health.staleSince() == null ? ChannelPhase.LIVE : ChannelPhase.STALE;
    }

    /** Returns since when the source is behind or unreachable; null if it works. */
    public @Nullable Instant staleSince() {
        return health.staleSince();
    }

    /** Returns why the channel is stale or failed, else "". */
    public String reason() {
        return health.reason();
    }

    ChannelState opened(ChannelLog newLog, @Nullable LatestTable newTable) {
        return new ChannelState(newLog, newTable, ready, health, reset);
    }

    ChannelState restarted(ChannelLog newLog, @Nullable LatestTable newTable, ResetReason why) {
        return new ChannelState(newLog, newTable, ready, health, why);
    }

    ChannelState loaded() {
        return new ChannelState(log, table, true, health, reset);
    }

    ChannelState with(ChannelHealth next) {
        return new ChannelState(log, table, ready, next, reset);
    }
}
