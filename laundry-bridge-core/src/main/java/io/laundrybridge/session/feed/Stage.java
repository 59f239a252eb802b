package io.laundrybridge.session.feed;

import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.KeyView;

/** The present activity of a {@link Feed}: it reads something, or waits. Confined to the feed's worker. */
abstract class Stage {
    private final LogReader reader;

    Stage(LogReader reader) {
        this.reader = reader;
    }

    final LogReader reader() {
        return reader;
    }

    /** Returns whether there is something to send or report. */
    boolean hasWork() {
        return true;
    }

    /** Returns the next entries, as far as they are in one piece. */
    Run read(int maxBytes, int maxEntries) {
        return reader.read(maxBytes, maxEntries);
    }

    /** Notes that the entries of {@code run} before {@code end} have been read. */
    void advance(Run run, long end) {
        reader.advance(run, end);
    }

    /** Shows only the keys in {@code view}. */
    void show(KeyView view) {
        reader.view(view);
    }

    /** Returns the stage that this one has interrupted, or itself. */
    Stage interrupted() {
        return this;
    }

    /** Returns the position before which everything has been handled. */
    PositionVector position() {
        return reader.position();
    }
}
