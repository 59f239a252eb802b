package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.SendCompletion;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A send in flight, completed by whoever takes it out of its place first. */
final class Send {
    private final SendCompletion completion;
    private final AtomicReference<@Nullable Send> place;

    Send(SendCompletion completion, AtomicReference<@Nullable Send> place) {
        this.completion = completion;
        this.place = place;
    }

    /** The container says how it ended. */
    void ended(SendResult result) {
        end(result.isOK() ? null : cause(result));
    }

    /** Completes the send, if nobody has. */
    void end(@Nullable Throwable failure) {
        if (take()) {
            completion.done(failure);
        }
    }

    /** Takes the send out of flight; false if somebody else has. */
    boolean take() {
        return place.compareAndSet(this, null);
    }

    private static Throwable cause(SendResult result) {
        Throwable cause = result.getException();
        return cause != null ? cause : new IOException("The container failed to send and did not say why");
    }
}
