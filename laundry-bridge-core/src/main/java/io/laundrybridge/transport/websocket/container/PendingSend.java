package io.laundrybridge.transport.websocket.container;

import io.laundrybridge.session.socket.SendCompletion;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The send that a transport has in flight, if any. The first event that ends it counts. Thread-safe. */
public final class PendingSend implements SendHandler {
    private final AtomicReference<@Nullable SendCompletion> inFlight = new AtomicReference<>();

    /**
     * Begins a send.
     *
     * @throws IllegalStateException if the one before has not completed
     */
    public void begin(SendCompletion completion) {
        if (!inFlight.compareAndSet(null, completion)) {
            throw new IllegalStateException("The previous send has not completed");
        }
    }

    /** Completes the send with the container's result. */
    @Override
    public void onResult(SendResult result) {
        end(result.isOK() ? null : cause(result));
    }

    /** Completes the send, unless it has ended; {@code failure} is null if the container took it. */
    public void end(@Nullable Throwable failure) {
        SendCompletion completion = inFlight.getAndSet(null);
        if (completion != null) {
            completion.done(failure);
        }
    }

    /**
     * Takes the send out of flight without completing it.
     *
     * @return false if it has ended
     */
    public boolean take() {
        return inFlight.getAndSet(null) != null;
    }

    private static Throwable cause(SendResult result) {
        Throwable cause = result.getException();
        return cause != null ? cause : new IOException("The container failed to send and gave no reason");
    }
}
