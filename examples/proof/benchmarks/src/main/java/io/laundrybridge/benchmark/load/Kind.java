package io.laundrybridge.benchmark.load;

/** What the payload of a message is, by its first frame. */
enum Kind {
    /** As it is. */
    TEXT,
    /** Any bytes. */
    BINARY,
    /** Either of them, as permessage-deflate makes it. */
    DEFLATED
}
