package io.laundrybridge.session;

import io.laundrybridge.channel.Channel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The groups of one worker and channel, one for each interval. Confined to its worker. */
final class FlushGroups {
    /** Intervals are cut to multiples of this, so that few ticks serve whatever clients ask for. */
    private static final long GRAIN = Duration.ofMillis(10).toNanos();

    private final DrainWorker worker;
    private final SinkContext context;
    private final Channel channel;
    private final Map<Long, FlushGroup> groups = new LinkedHashMap<>();

    FlushGroups(DrainWorker worker, SinkContext context, Channel channel) {
        this.worker = worker;
        this.context = context;
        this.channel = channel;
    }

    /** Has {@code session} gather for {@code flush}. */
    FlushGroup join(Session session, Duration flush) {
        long interval = Math.max(GRAIN, flush.toNanos() / GRAIN * GRAIN);
        FlushGroup group = groups.computeIfAbsent(interval, nanos -> new FlushGroup(worker, context, channel, nanos));
        group.add(session);
        return group;
    }

    void leave(Session session) {
        groups.values().forEach(group -> group.remove(session));
        groups.values().removeIf(FlushGroup::isEmpty);
    }

    /** The channel changed. */
    void changed() {
        for (FlushGroup group : groups.values()) {
            group.changed();
        }
    }
}
