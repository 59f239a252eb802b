package io.laundrybridge.session.socket;

import org.jspecify.annotations.Nullable;

/** Receives the end of one send. */
@FunctionalInterface
public interface SendCompletion {

    /**
     * The send ended; {@code failure} is null if the container took it. Any thread, exactly once.
     *
     * @param failure what went wrong, or null
     */
    void done(@Nullable Throwable failure);
}
