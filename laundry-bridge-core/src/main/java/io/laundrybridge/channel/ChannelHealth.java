package io.laundrybridge.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The health of a channel's source: whether it delivers. Immutable.
 *
 * @param staleSince since when the source is behind or unreachable; null if it works
 * @param reason why it is stale or failed, else ""
 * @param passes whether the reason usually passes by itself
 * @param failed whether the channel gave up for good
 */
public record ChannelHealth(@Nullable Instant staleSince, String reason, boolean passes, boolean failed) {

    static final ChannelHealth WELL = new ChannelHealth(null, "", false, false);

    /**
     * Returns the health of a channel whose source is behind or unreachable; {@code now} counts only if the source
     * worked before.
     */
    ChannelHealth stale(Instant now, String why, boolean passing) {
        return new ChannelHealth(staleSince == null ? now : staleSince, why, passing, failed);
    }

    /** Returns the health once the source works again. */
    ChannelHealth fresh() {
        return new ChannelHealth(null, "", false, failed);
    }

    static ChannelHealth failed(Instant now, String why) {
        return new ChannelHealth(now, why, false, true);
    }
}
