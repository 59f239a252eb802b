package io.laundrybridge.session.feed;

import io.laundrybridge.session.reader.LogReader;

/** Reads the channel's log. */
final class LogStage extends Stage {
    LogStage(LogReader reader) {
        super(reader);
    }

    @Override
    boolean hasWork() {
        return reader().behind();
    }
}
