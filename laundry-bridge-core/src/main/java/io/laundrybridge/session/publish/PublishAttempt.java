package io.laundrybridge.session.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one way of a message to the sink, with all requests that wait for it: the first one, and its repeats.
 * Thread-safe, except the requests, which {@link KnownMessages} guards.
 */
final class PublishAttempt {
    private enum Stage {
        /** It is checked and mapped; it may still be given up. */
        PREPARED,
        SENT,
        ABANDONED
    }

    private final MessageKey key;
    private final byte[] fingerprint;
    private final List<PublishRequest> requests = new ArrayList<>();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.PREPARED);
    private @Nullable Thread working; // guarded by this

    PublishAttempt(MessageKey key, byte[] fingerprint) {
        this.key = key;
        this.fingerprint = fingerprint;
    }

    MessageKey key() {
        return key;
    }

    byte[] fingerprint() {
        return fingerprint;
    }

    /** Returns the requests that wait; under the lock of the known messages. */
    List<PublishRequest> requests() {
        return requests;
    }

    /** Notes the thread that prepares the record; null once it does no more. */
    synchronized void workOn(@Nullable Thread thread) {
        working = thread;
    }

    /**
     * Notes that the record is sent now.
     *
     * @return false if it was given up
     */
    boolean send() {
        return stage.compareAndSet(Stage.PREPARED, Stage.SENT);
    }

    /**
     * Gives it up, unless it was sent. A check or mapping that hangs is interrupted.
     *
     * @return whether it was given up, and so will never be sent
     */
    boolean abandon() {
        stage.compareAndSet(Stage.PREPARED, Stage.ABANDONED);
        if (stage.get() != Stage.ABANDONED) {
            return false;
        }
        synchronized (this) {
            if (working != null) {
                working.interrupt();
            }
        }
        return true;
    }
}
