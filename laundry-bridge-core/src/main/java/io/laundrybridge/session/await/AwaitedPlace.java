package io.laundrybridge.session.await;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.protocol.AwaitAt;
import io.laundrybridge.protocol.Position;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.place.Places;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A place in a channel's stream that a client waits for. It names the partitions that were given, and no others: a
 * client cannot make it large by a high number. Immutable.
 */
final class AwaitedPlace {
    private static final long ENTRY_BYTES = 24;
    private static final long BYTES = 128;

    private final @Nullable String epoch;
    private final int[] partitions;
    private final long[] next;

    private AwaitedPlace(@Nullable String epoch, SortedMap<Integer, Long> vector) {
        this.epoch = epoch;
        this.partitions = vector.keySet().stream().mapToInt(Integer::intValue).toArray();
        this.next = vector.values().stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * Returns the place that {@code at} means to {@code owner}.
     *
     * @param present the epoch of the stream, of which records are; null if it is unknown
     * @throws io.laundrybridge.protocol.RefusedLineException with code {@code bad_position} if {@code owner} may not
     *     wait for it
     */
    static AwaitedPlace of(AwaitAt at, Places places, PlaceOwner owner, @Nullable String present) {
        if (at instanceof AwaitAt.Sealed sealed) {
            return before(places.open(sealed.place(), owner));
        }
        places.refuseOpen(owner);
        return at instanceof AwaitAt.Before before
                ? before(before.position())
                : new AwaitedPlace(present, ((AwaitAt.Records) at).next());
    }

    private static AwaitedPlace before(Position position) {
        SortedMap<Integer, Long> vector = new TreeMap<>();
        for (int p = 0; p < position.vector().partitions(); p++) {
            if (position.vector().next(p) > 0) {
                vector.put(p, position.vector().next(p));
            }
        }
        return new AwaitedPlace(position.epoch(), vector);
    }

    /** Returns whether the place is, or may be, in the stream of {@code other}. */
    boolean isOf(String other) {
        return epoch == null || epoch.isEmpty() || epoch.equals(other);
    }

    /** Returns the first partition in which {@code handled} has not come as far; -1 if there is none. */
    int behind(PositionVector handled) {
        for (int i = 0; i < partitions.length; i++) {
            if (handled.next(partitions[i]) < next[i]) {
                return partitions[i];
            }
        }
        return -1;
    }

    /** Returns the memory that it takes, by estimate. */
    long bytes() {
        return BYTES + ENTRY_BYTES * partitions.length;
    }

    @Override
    public String toString() {
        Map<Integer, Long> named = new TreeMap<>();
        for (int i = 0; i < partitions.length; i++) {
            named.put(partitions[i], next[i]);
        }
        return epoch + ":" + named;
    }
}
