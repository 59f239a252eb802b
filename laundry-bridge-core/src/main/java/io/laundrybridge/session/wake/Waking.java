package io.laundrybridge.session.wake;

/** The times at which an {@link Interest} is woken for new entries. */
enum Waking {
    /** With the change that brings them. */
    AT_ONCE,
    /** At the next tick of its {@link FlushGroup}. */
    AT_TICKS,
    /** Never, because its page is hidden. */
    NEVER,
    /** Never again, because its subscription has ended. */
    ENDED
}
