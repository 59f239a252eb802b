package io.laundrybridge.channel.replay;

import io.laundrybridge.event.PositionVector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last places that a channel's source was asked for, at most 256. The place of a time is valid for ten
 * seconds or more, because later records come after it. The beginning of a stream moves on, and is valid for a second.
 * Guarded by its queue.
 */
final class PlaceCache {
    private static final int MOST = 256;
    private static final long TIME_NANOS = 10_000_000_000L;
    private static final long BEGINNING_NANOS = 1_000_000_000L;

    private final Map<Key, Known> known = new LinkedHashMap<>();

    /** A question, and the life of the channel to which it belongs. */
    private record Key(ReplayKind kind, long life, long detail) {
        static Key of(ReplayQuestion question) {
            return new Key(question.kind(), question.log().id(), question.detail());
        }
    }

    private record Known(PositionVector place, long until) {}

    /** Returns the place that {@code question} asks for; null if it is unknown or no longer valid. */
    @Nullable PositionVector find(ReplayQuestion question, long now) {
        Known place = question.isForPiece() ? null : known.get(Key.of(question));
        return place == null || now - place.until() >= 0 ? null : place.place();
    }

    void keep(ReplayQuestion question, PositionVector place, long now) {
        long nanos = question.kind() == ReplayKind.TIME ? TIME_NANOS : BEGINNING_NANOS;
        Key key = Key.of(question);
        known.remove(key); // so that it is the newest
        known.put(key, new Known(place, now + nanos));
        if (known.size() > MOST) {
            known.remove(known.keySet().iterator().next());
        }
    }

    void clear() {
        known.clear();
    }
}
