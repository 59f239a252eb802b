package io.laundrybridge.channel;

import io.laundrybridge.filter.FilterFields;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.ReplayBudget;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.StateLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of a channel's operator.
 *
 * @param access decides which callers may read
 * @param fallBehind what happens to readers that fall off the log
 * @param retention how much is kept for clients that come back
 * @param replay how much a session may replay
 * @param flush how long new events are gathered before they are sent; zero for not at all
 * @param compress whether sessions may request compressed frames
 * @param state how much state is kept; null for a channel without state
 * @param filterFields the fields that filters may use
 * @param variant the channel's place among the variants of its name, the first choice lowest; 0 without variants
 */
public record ChannelPolicy(
        Access access,
        FallBehind fallBehind,
        Retention retention,
        ReplayBudget replay,
        Duration flush,
        boolean compress,
        @Nullable StateLimits state,
        FilterFields filterFields,
        int variant) {

    /** Returns whether the channel keeps the newest value of every key. */
    public boolean keepsState() {
        return state != null;
    }
}
