package io.laundrybridge.session.feed;

/** Reads rows of a snapshot. */
final class SnapshotStage extends Stage {
    SnapshotStage(LogReader rows) {
        super(rows);
    }
}
