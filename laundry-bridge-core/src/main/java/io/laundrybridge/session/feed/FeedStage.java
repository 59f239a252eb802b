package io.laundrybridge.session.feed;

/** What a {@link Feed} does now. */
enum FeedStage {
    /** Reads the rows of an image. */
    SNAPSHOT,
    /** Waits for a piece to be read again, or for this node to reach the position. */
    WAITING,
    /** Reads a piece. */
    PIECE,
    /** Reads the channel's log. */
    LOG,
    /** Reads the values of keys that came into view, then goes on in the log. */
    VALUES
}
