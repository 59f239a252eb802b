package io.laundrybridge.channel.replay;

import io.laundrybridge.event.PositionVector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the places that a channel's source was asked for last, at most 256. A place of a time stays right for ten seconds
 * and more, because what comes later lies behind it; the beginning of a stream moves on, and is asked for again after a
 * second. Guarded by its queue.
 */
final class PlaceCache {
    private static final int MOST = 256;
    private static final long TIME_NANOS = 10_000_000_000L;
    private static final long BEGINNING_NANOS = 1_000_000_000L;

    private final Map<Question, Known> known = new LinkedHashMap<>();

    /** What was asked, of which life of the channel. */
    record Question(ReplayRequest.Kind kind, long life, long detail) {
        static Question of(ReplayRequest request) {
            return new Question(request.kind(), request.log().id(), request.detail());
        }
    }

    private record Known(PositionVector place, long until) {}

    /** The place that {@code request} asks for; null if it is not known, or not any more. */
    @Nullable PositionVector find(ReplayRequest request, long now) {
        Known place = request.kind().isPiece() ? null : known.get(Question.of(request));
        return place == null || now - place.until() >= 0 ? null : place.place();
    }

    void keep(ReplayRequest request, PositionVector place, long now) {
        long nanos = request.kind() == ReplayRequest.Kind.TIME ? TIME_NANOS : BEGINNING_NANOS;
        Question question = Question.of(request);
        known.remove(question); // so that it is the newest
        known.put(question, new Known(place, now + nanos));
        if (known.size() > MOST) {
            known.remove(known.keySet().iterator().next());
        }
    }

    void clear() {
        known.clear();
    }
}
