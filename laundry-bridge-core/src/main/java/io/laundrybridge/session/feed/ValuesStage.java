package io.laundrybridge.session.feed;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.session.reader.LogReader;

/** Reads the values of keys that came into view, apart from the stream, then continues in the log. */
final class ValuesStage extends Stage {
    private final LogStage after;

    ValuesStage(LogReader values, LogStage after) {
        super(values);
        this.after = after;
    }

    @Override
    Stage interrupted() {
        return after;
    }

    @Override
    PositionVector position() {
        return after.position();
    }
}
