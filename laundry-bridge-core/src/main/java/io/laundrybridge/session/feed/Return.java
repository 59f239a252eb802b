package io.laundrybridge.session.feed;

/** What a hidden page missed and is to see when it is shown again. */
enum Return {
    /** The page has not come back. */
    NONE,
    /** All that was missed. */
    ALL,
    /** The newest event of each key, of what the log has. */
    NEWEST
}
