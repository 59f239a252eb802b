package io.laundrybridge.session;

import java.nio.ByteBuffer;

/**
 * One socket, as a session sees it. The session never calls a send before the one before has completed, and believes
 * nothing else of the container: no timeout, no OK, no {@code isOpen()}.
 *
 * <p>Sends are called on the session's drain worker and must not block it. {@link #close} may block and is called
 * elsewhere.
 */
public interface Transport {

    /**
     * Sends one or more lines of the full dialect as one frame, text or binary, whichever the container sends cheaper; where
     * the first byte is 0 the rest is compressed, and the frame must be binary.
     *
     * @param lines UTF-8 or compressed, shared with other sessions: read only, its content must not be changed; position and limit may
     * @param completion called exactly once, on any thread, possibly before this returns, with what went wrong or null.
     *     A send that throws counts as failed; its completion is not called then
     */
    void sendLines(ByteBuffer lines, SendCompletion completion);

    /** Sends one text frame; otherwise as {@link #sendLines}. */
    void sendText(String text, SendCompletion completion);

    /** Sends a WebSocket ping (RFC 6455 section 5.5.2); otherwise as {@link #sendLines}, but may block. */
    void ping(SendCompletion completion);

    /** The largest frame worth sending at once, in bytes. */
    int maxBatchBytes();

    /** Closes politely with a code and a reason of at most 123 UTF-8 bytes. May block for seconds. Idempotent. */
    void close(int code, String reason);

    /** Drops the connection without asking, so that a pending send fails. May block briefly. Idempotent. */
    void abort();
}
