package io.laundrybridge.channel.replay;

import org.jspecify.annotations.Nullable;

/** A session's wish to read a part of a channel again. Thread-safe. */
public interface ReplayRequest {

    /** What became of it; null while it waits. A source that cannot be reached is tried again until it can. */
    @Nullable ReplayAnswer answer();

    /** Nobody waits for the answer any more. Idempotent. */
    void cancel();
}
