package io.laundrybridge.session.wake;

/** When an {@link Interest} is woken by what has come for it. */
enum Waking {
    /** With the change that brings it. */
    AT_ONCE,
    /** At the next tick of its {@link FlushGroup}. */
    AT_TICKS,
    /** Not at all, because its page is hidden. */
    NEVER,
    /** Not any more, because its subscription has ended. */
    ENDED
}
