package io.laundrybridge.session.feed;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;

/** Receives the notices between the events of a {@link Feed}, in their order. */
public interface FeedListener {
    /** Receives a range of missing records. */
    void gap(Gap gap);

    /** Receives a reset: everything delivered is void, and the stream starts over at {@code at}. */
    void reset(ResetReason reason, PositionVector at);

    /** Receives the beginning of an image, whose rows follow. Ignored unless the dialect has a line for it. */
    default void snapshotBegins() {}

    /**
     * Receives the end of an image; the stream continues at {@code at}. Ignored unless the dialect has a line for it.
     */
    default void snapshotEnded(PositionVector at) {}

    /**
     * Receives the end of the values of keys that came into view; the stream continues at its place. Ignored unless the
     * dialect has a line for it.
     */
    default void valuesEnded() {}
}
