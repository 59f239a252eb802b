package io.laundrybridge.session.feed;

import io.laundrybridge.session.reader.LogReader;

/** Reads rows of a snapshot. */
final class SnapshotStage extends Stage {
    SnapshotStage(LogReader rows) {
        super(rows);
    }
}
