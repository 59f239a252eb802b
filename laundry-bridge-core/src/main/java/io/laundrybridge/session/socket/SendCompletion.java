package io.laundrybridge.session.socket;

import org.jspecify.annotations.Nullable;

/** Receives the end of one send. */
@FunctionalInterface
public interface SendCompletion {

    /**
     * Receives the result: {@code failure} is null if the container took the frame. Any thread, exactly once.
     *
     * @param failure what went wrong, or null
     */
    void done(@Nullable Throwable failure);
}
