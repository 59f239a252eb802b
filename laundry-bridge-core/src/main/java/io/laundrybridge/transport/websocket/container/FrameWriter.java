package io.laundrybridge.transport.websocket.container;

import io.laundrybridge.session.socket.Frame;

/** Hands the frames of one session to its container, one at a time. */
@FunctionalInterface
public interface FrameWriter {

    /**
     * Begins to send. The session's {@link PendingSend} gets the result, unless this throws. Does not block.
     *
     * @throws UnexpectedContainerException if the container is not as expected
     */
    void write(Frame frame);
}
