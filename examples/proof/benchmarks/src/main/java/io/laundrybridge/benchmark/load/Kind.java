package io.laundrybridge.benchmark.load;

/** The kind of a message's payload, by its first frame. */
enum Kind {
    /** Plain text, unchanged. */
    TEXT,
    /** Any bytes. */
    BINARY,
    /** Either of them, as permessage-deflate makes it. */
    DEFLATED
}
