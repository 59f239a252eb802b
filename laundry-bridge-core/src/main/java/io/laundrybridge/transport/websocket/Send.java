package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.SendCompletion;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The send that a transport has in flight, if any; ended by whoever comes first. Thread-safe. */
final class Send implements SendHandler {
    private final AtomicReference<@Nullable SendCompletion> inFlight = new AtomicReference<>();

    /** Takes a send into flight. */
    void begin(SendCompletion completion) {
        if (!inFlight.compareAndSet(null, completion)) {
            throw new IllegalStateException("The send before has not completed");
        }
    }

    /** The container says how it ended. */
    @Override
    public void onResult(SendResult result) {
        end(result.isOK() ? null : cause(result));
    }

    /** Completes the send, if nobody has. */
    void end(@Nullable Throwable failure) {
        SendCompletion completion = inFlight.getAndSet(null);
        if (completion != null) {
            completion.done(failure);
        }
    }

    /** Takes the send out of flight without completing it; false if somebody has. */
    boolean take() {
        return inFlight.getAndSet(null) != null;
    }

    private static Throwable cause(SendResult result) {
        Throwable cause = result.getException();
        return cause != null ? cause : new IOException("The container failed to send and did not say why");
    }
}
