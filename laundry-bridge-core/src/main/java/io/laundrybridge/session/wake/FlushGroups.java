package io.laundrybridge.session.wake;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.session.endpoint.EndpointContext;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The groups of one worker and channel, one per interval. Confined to its worker, except {@link #isQuiet}. */
public final class FlushGroups {
    private final WorkerThread worker;
    private final EndpointContext context;
    private final Channel channel;
    private final Map<Long, FlushGroup> groups = new LinkedHashMap<>();
    private volatile @Nullable QuietPeriod quiet;

    public FlushGroups(WorkerThread worker, EndpointContext context, Channel channel) {
        this.worker = worker;
        this.context = context;
        this.channel = channel;
    }

    /** Lets {@code interest} gather for {@code flush}. */
    FlushGroup join(Interest interest, Duration flush) {
        long interval = Duration.ofMillis(cut(flush.toMillis())).toNanos();
        FlushGroup group = groups.computeIfAbsent(
                interval, nanos -> new FlushGroup(worker, context, channel, nanos, this::endQuiet));
        group.add(interest);
        return group;
    }

    /** Returns {@code millis}, cut so that few ticks serve all clients: 64 intervals, the longest a minute. */
    static long cut(long millis) {
        long grain = millis < 200 ? 10 : millis < 1_000 ? 50 : millis < 10_000 ? 500 : 5_000;
        return Math.max(grain, millis / grain * grain);
    }

    void leave(Interest interest) {
        for (Iterator<FlushGroup> each = groups.values().iterator(); each.hasNext(); ) {
            FlushGroup group = each.next();
            group.remove(interest);
            if (group.isEmpty()) {
                group.close();
                each.remove();
            }
        }
    }

    /** Handles a change of the channel. */
    void changed() {
        for (FlushGroup group : groups.values()) {
            group.changed();
        }
    }

    /** Begins a quiet time: only gathering sessions wait for events, and every reader knows the state {@code seen}. */
    void beginQuiet(ChannelState seen) {
        QuietPeriod common = QuietPeriod.without(channel, seen);
        for (FlushGroup group : groups.values()) {
            QuietPeriod own = group.quietPeriod();
            if (own == null || !own.state().equals(seen)) {
                return; // it would not be woken for the next entries
            }
            common = own.from() < common.from() ? own : common;
        }
        quiet = common;
    }

    /**
     * Returns whether the channel's change wakes no session: all wait for ticks that will come, or for nothing. Any
     * thread.
     */
    boolean isQuiet() {
        QuietPeriod now = quiet;
        return now != null && now.coversNow();
    }

    /**
     * Ends the quiet time, so that every change is looked at. Called before a reader that must not miss one looks at
     * the log.
     */
    void endQuiet() {
        quiet = null;
    }
}
