package io.laundrybridge.session.feed;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;

/** Is told what is between the events of a {@link Feed}, at its place in their order. */
public interface FeedListener {
    /** Records are missing. */
    void gap(Gap gap);

    /** What was delivered is void; what follows starts over at {@code at}. */
    void reset(ResetReason reason, PositionVector at);

    /** The rows of an image follow. Ignored unless the dialect has a word for it. */
    default void snapshotBegins() {}

    /** The rows have been read; the stream goes on at {@code at}. Ignored unless the dialect has a word for it. */
    default void snapshotEnded(PositionVector at) {}

    /**
     * The values of keys that came into view have been read; the stream goes on where it was. Ignored unless the dialect
     * has a word for it.
     */
    default void valuesEnded() {}
}
