package io.laundrybridge.session.feed;

/** The events that a hidden page gets when it is shown again. */
enum Return {
    /** The page has not come back. */
    NONE,
    /** All that it missed. */
    ALL,
    /** The newest event of each key, as far as the log has them. */
    NEWEST
}
