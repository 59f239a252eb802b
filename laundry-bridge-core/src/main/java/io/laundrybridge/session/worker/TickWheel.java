package io.laundrybridge.session.worker;

import io.laundrybridge.session.endpoint.EndpointContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The sessions of one worker, each of which is looked at once per round, for deadlines and beats. A round is done in
 * parts, so that thousands of idle sessions never delay live ones. Confined to the worker.
 */
final class TickWheel<T> {
    static final int PARTS = 8;

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final List<Set<T>> parts = new ArrayList<>();
    private int turn;
    private int added;

    TickWheel() {
        for (int i = 0; i < PARTS; i++) {
            parts.add(new LinkedHashSet<>());
        }
    }

    /** Returns the length of a round, in nanoseconds: short beside the deadlines of {@code context}. */
    static long interval(EndpointContext context) {
        long deadline = Math.min(
                context.heartbeat().toNanos(), context.limits().sendDeadline().toNanos());
        return Math.max(PARTS * 1_000_000L, Math.min(LONGEST.toNanos(), deadline / 4));
    }

    void add(T session) {
        parts.get(Math.floorMod(added++, PARTS)).add(session);
    }

    void remove(T session) {
        for (Set<T> part : parts) {
            part.remove(session);
        }
    }

    /** Returns a copy, because sessions leave while they are called. */
    List<T> all() {
        List<T> all = new ArrayList<>();
        parts.forEach(all::addAll);
        return all;
    }

    /** Returns the sessions of the next part; a copy. */
    List<T> next() {
        turn = (turn + 1) % PARTS;
        return new ArrayList<>(parts.get(turn));
    }
}
