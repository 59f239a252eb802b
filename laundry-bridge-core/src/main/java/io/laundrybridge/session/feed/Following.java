package io.laundrybridge.session.feed;

import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.Selection;
import org.jspecify.annotations.Nullable;

/**
 * What wakes a {@link Feed} for the events that it selects. It either looks at every change of the channel or follows
 * the walk that its worker makes through the log for all. Confined to the feed's worker.
 */
public interface Following {

    /** Returns what is selected. */
    Selection selection();

    /** Changes what is selected; the reader's place stays. */
    void select(Selection other);

    /**
     * Follows the walk with {@code reader} as soon as the walk has come as far; with null, nothing of the channel's log
     * is read.
     */
    void follow(@Nullable LogReader reader);

    /** Leaves the walk where it is: the reader looks at every entry itself again. */
    void leaveWalk();

    /** Nothing is wanted any more. Idempotent. */
    void close();
}
