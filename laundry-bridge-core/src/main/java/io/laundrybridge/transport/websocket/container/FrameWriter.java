package io.laundrybridge.transport.websocket.container;

import io.laundrybridge.session.socket.Frames;

/** Hands the frames of one session to its container. */
@FunctionalInterface
public interface FrameWriter {

    /**
     * Begins to send, and takes at least the first of {@code frames}. The session's {@link PendingSend} gets the
     * result, unless this throws. Does not block.
     *
     * @throws UnexpectedContainerException if the container is not as expected
     */
    void write(Frames frames);

    /** Returns how many frames it may take at once. */
    default int most() {
        return 1;
    }
}
