package io.laundrybridge.transport.websocket.container;

import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Frames;
import jakarta.websocket.RemoteEndpoint;

/** Sends frames through the API, which every container has. */
record PortableWriter(RemoteEndpoint.Async remote, PendingSend send) implements FrameWriter {

    @Override
    public void write(Frames frames) {
        Frame frame = frames.takeFirst();
        if (frame.isText()) {
            remote.sendText(frame.text(), send);
        } else {
            remote.sendBinary(frame.payload(), send);
        }
    }
}
