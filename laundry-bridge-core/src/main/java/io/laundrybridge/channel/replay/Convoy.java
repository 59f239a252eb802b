package io.laundrybridge.channel.replay;

import io.laundrybridge.event.PositionVector;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The sessions that read pieces of one channel now and will soon ask for the next ones. Requests further ahead wait for
 * them, because what is then read serves both. So a crowd that stands at many places reads the past once. No request
 * waits for a slow session. Guarded by its queue.
 */
final class Convoy {
    /** The time in which a session that reads alone asks for its next piece, or is slow. */
    private static final long ALONE_NANOS = 100_000_000L;
    /** The more time for each other session that reads. */
    private static final long EACH_NANOS = 5_000_000L;

    private static final long LONGEST_NANOS = 1_000_000_000L;
    /** The time after which a session has left, or reads so slowly that it does not matter. */
    private static final long FORGOTTEN_NANOS = 10_000_000_000L;

    private final IdentityHashMap<ReplayAccount, Reading> reading = new IdentityHashMap<>();

    /** A session that got a piece {@code since} then, which ends at {@code end}, a {@linkplain #place place}. */
    private record Reading(long end, long since) {}

    /** Returns {@code position} as a number, which is lower for the session that is further behind. */
    static long place(PositionVector position) {
        return PositionVector.ORIGIN.offsetsTo(position);
    }

    /** Notes that the session of {@code account} begins to read a piece that ends at {@code end}. */
    void begins(ReplayAccount account, PositionVector end, long now) {
        reading.put(account, new Reading(place(end), now));
    }

    /** Notes that the session of {@code account} asks for its next piece. */
    void asks(ReplayAccount account, long now) {
        long patience = patience();
        Reading last = reading.remove(account);
        if (last != null) {
            account.slow(now - last.since > patience);
        }
    }

    /** Returns the nanoseconds until no session is expected to ask for a place before {@code place}; 0 if none is. */
    long untilPassed(long place, long now) {
        long patience = patience();
        long until = 0;
        for (Map.Entry<ReplayAccount, Reading> each : reading.entrySet()) {
            Reading one = each.getValue();
            if (one.end < place && !each.getKey().isSlow()) {
                until = Math.max(until, one.since + patience - now);
            }
        }
        return until;
    }

    /** Returns how many sessions read a piece that ends at {@code end}. */
    int together(PositionVector end) {
        long place = place(end);
        return (int) reading.values().stream().filter(one -> one.end == place).count();
    }

    /** Returns how many different pieces are being read. */
    int pieces(long now) {
        reading.values().removeIf(one -> now - one.since > FORGOTTEN_NANOS);
        return (int)
                reading.values().stream().mapToLong(Reading::end).distinct().count();
    }

    int size() {
        return reading.size();
    }

    void clear() {
        reading.clear();
    }

    private long patience() {
        return Math.min(LONGEST_NANOS, ALONE_NANOS + EACH_NANOS * reading.size());
    }
}
