package io.laundrybridge.session.feed;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;

/** Receives the notices between the events of a {@link Feed}, in their order. */
public interface FeedListener {
    /** Records are missing. */
    void gap(Gap gap);

    /** Everything delivered is void; the stream starts over at {@code at}. */
    void reset(ResetReason reason, PositionVector at);

    /** The rows of an image follow. Ignored unless the dialect has a word for it. */
    default void snapshotBegins() {}

    /** The rows have been read; the stream continues at {@code at}. Ignored unless the dialect has a word for it. */
    default void snapshotEnded(PositionVector at) {}

    /**
     * The values of keys that came into view have been read; the stream continues at its place. Ignored unless the
     * dialect has a word for it.
     */
    default void valuesEnded() {}
}
