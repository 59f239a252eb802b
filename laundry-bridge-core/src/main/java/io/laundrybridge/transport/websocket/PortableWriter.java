package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.Frame;
import jakarta.websocket.RemoteEndpoint;

/** The way of the API: every container has it. */
record PortableWriter(RemoteEndpoint.Async remote) implements FrameWriter {

    @Override
    public void write(Frame frame, Send send) {
        if (frame.isText()) {
            remote.sendText(frame.text(), send);
        } else {
            remote.sendBinary(frame.payload(), send);
        }
    }
}
