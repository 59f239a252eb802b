package io.laundrybridge.session.dialect;

import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.StartFrom;
import io.laundrybridge.session.endpoint.SubscriptionMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the memory of one session's subscriptions against the endpoint's {@link SubscriptionMemory}, by an estimate
 * from the requests. Confined to the session's worker.
 */
public final class SubscriptionCosts {
    private static final long SUBSCRIPTION = 1_024;
    private static final long TEXT = 192;
    private static final long VALUE = 64;
    private static final long PARTITION = 24;

    private final SubscriptionMemory memory;
    private final Map<String, Cost> held = new HashMap<>();

    private record Cost(long subscription, long view) {
        private static final Cost NONE = new Cost(0, 0);

        private long sum() {
            return subscription + view;
        }
    }

    public SubscriptionCosts(SubscriptionMemory memory) {
        this.memory = memory;
    }

    /** Counts the memory of the subscription that {@code opening} opens, unless it fails. */
    public void take(ClientLine.Subscribe request, Runnable opening) {
        long bytes = SUBSCRIPTION + texts(request.keys()) + value(request.where()) + position(request.from());
        Cost before = of(request.channel());
        long view = request.from() == null ? before.view() : 0;
        view = request.view() == null ? view : view(request.view().keys());
        change(request.channel(), new Cost(bytes, view));
        try {
            opening.run();
        } catch (Throwable e) {
            change(request.channel(), before);
            throw e;
        }
    }

    /** Counts the memory of a subscription to some keys of {@code channel} with a filter. */
    public void take(String channel, List<String> keys, String where) {
        change(channel, new Cost(SUBSCRIPTION + texts(keys) + 4L * where.length(), 0));
    }

    /** Counts the memory of the view of the subscription to {@code channel}. */
    public void view(String channel, @Nullable List<String> keys) {
        change(channel, new Cost(of(channel).subscription(), view(keys)));
    }

    private static long view(@Nullable List<String> keys) {
        return keys == null ? 0 : texts(keys);
    }

    /** Frees the memory of the subscription to {@code channel}. */
    public void end(String channel) {
        change(channel, Cost.NONE);
    }

    /** Frees the memory of all subscriptions. */
    public void clear() {
        List.copyOf(held.keySet()).forEach(this::end);
    }

    private Cost of(String channel) {
        return held.getOrDefault(channel, Cost.NONE);
    }

    private void change(String channel, Cost now) {
        memory.change(of(channel).sum(), now.sum());
        if (now.equals(Cost.NONE)) {
            held.remove(channel);
        } else {
            held.put(channel, now);
        }
    }

    private static long texts(List<String> texts) {
        long bytes = 0;
        for (String text : texts) {
            bytes += TEXT + 2L * text.length();
        }
        return bytes;
    }

    private static long position(@Nullable StartFrom from) {
        if (from instanceof StartFrom.Sealed sealed) {
            return sealed.place().bytes().length;
        }
        return from instanceof StartFrom.At at
                ? PARTITION * at.position().vector().partitions()
                : 0;
    }

    private static long value(@Nullable Object value) {
        long bytes = VALUE;
        if (value instanceof String text) {
            bytes += 2L * text.length();
        } else if (value instanceof List<?> list) {
            for (Object each : list) {
                bytes += value(each);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> each : map.entrySet()) {
                bytes += value(each.getKey()) + value(each.getValue());
            }
        }
        return bytes;
    }
}
