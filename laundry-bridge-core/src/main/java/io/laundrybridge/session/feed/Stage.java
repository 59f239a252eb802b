package io.laundrybridge.session.feed;

import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.session.reader.LogReader;

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

    /** Returns what comes next, as far as it is in one piece. */
    Run read(int maxBytes, int maxEntries) {
        return reader.read(maxBytes, maxEntries);
    }

    /** What was read of {@code run} ends before {@code end}. */
    void advance(Run run, long end) {
        reader.advance(run, end);
    }

    /** Everything before this has been handled. */
    PositionVector position() {
        return reader.position();
    }
}
