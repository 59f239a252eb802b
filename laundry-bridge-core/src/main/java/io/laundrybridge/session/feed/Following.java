package io.laundrybridge.session.feed;

import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a {@link Feed} for the events that it selects. It either looks at every change of the channel, or follows its
 * worker's walk through the log. Confined to the feed's worker.
 */
public interface Following {

    /** Returns the selection. */
    Selection selection();

    /** Changes the selection; the reader's place stays. */
    void select(Selection other);

    /**
     * Follows the walk with {@code reader} as soon as the walk is as far. With null, it reads nothing of the channel's
     * log.
     */
    void follow(@Nullable LogReader reader);

    /** Leaves the walk, so that the reader looks at every entry itself again. */
    void leaveWalk();

    /** Ends the following. Idempotent. */
    void close();
}
