package io.laundrybridge.session.socket;

/**
 * One socket, as a session sees it. The session never starts a send before the last one has completed. It believes
 * nothing else of the container: no timeout, no OK, no {@code isOpen()}.
 *
 * <p>Sends are called on the session's drain worker and must not block it. {@link #close} may block and is called on
 * another thread.
 */
public interface Transport {

    /**
     * Sends one frame.
     *
     * @param frame shared with other sessions of the worker
     * @param completion called exactly once, on any thread, possibly before this returns, with the failure or null.
     *     A send that throws counts as failed; its completion is not called then
     */
    void send(Frame frame, SendCompletion completion);

    /**
     * Sends as many of {@code frames} at once as the socket takes, at least the first, in their order. What is not
     * taken stays in {@code frames}; the session sends it after this send has completed. Unless overridden, the first
     * is sent.
     *
     * @param frames begins with a frame that is no ping, and may not be used after the return
     * @param completion called as for {@link #send(Frame, SendCompletion)}, once for all frames that were taken
     */
    default void send(Frames frames, SendCompletion completion) {
        send(frames.takeFirst(), completion);
    }

    /**
     * {@return how many frames a send may take, 1 to {@link Frames#MOST}} The session makes no more of them ahead. 1
     * unless overridden.
     */
    default int mostFrames() {
        return 1;
    }

    /**
     * Sends a WebSocket ping (RFC 6455 section 5.5.2), as {@link #send(Frame, SendCompletion)}, but it may block.
     *
     * @param completion as for {@link #send(Frame, SendCompletion)}
     */
    void ping(SendCompletion completion);

    /** {@return the largest frame worth sending at once, in bytes} */
    int maxBatchBytes();

    /**
     * Closes with a code and a reason of at most 123 UTF-8 bytes. May block for seconds. Idempotent.
     *
     * @param code the close code (RFC 6455 section 7.4)
     * @param reason at most 123 bytes of UTF-8
     */
    void close(int code, String reason);

    /** Drops the connection without a close, so that a pending send fails. May block briefly. Idempotent. */
    void abort();
}
