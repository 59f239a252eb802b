package io.laundrybridge.channel;

/** What happens to a session whose cursor falls off the channel's log because it reads too slowly. */
public enum FallBehind {
    /** The session goes on at the oldest event kept, after a gap notice that names what it missed. The default. */
    SKIP,
    /** The session is closed with 4308; its client comes back and resumes. */
    DISCONNECT
}
