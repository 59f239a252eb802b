package io.laundrybridge.session.feed;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.KeyView;

/** Reads the values of keys that came into view, apart from the stream, then continues in the log. */
final class ValuesStage extends Stage {
    private final LogStage after;

    ValuesStage(LogReader values, LogStage after) {
        super(values);
        this.after = after;
    }

    /** {@inheritDoc} It has all values of the keys in view, as far as the log still has them. */
    @Override
    void show(KeyView view) {
        if (reader().lost()) {
            reader().skipLost();
        }
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
