package io.laundrybridge.transport.websocket.undertow;

import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.PendingSend;
import java.io.IOException;

/** Writes whole frames to Undertow's connection on the caller's thread. */
record UndertowWriter(UndertowConduit conduit, PendingSend send) implements FrameWriter {

    @Override
    public void write(Frame frame) {
        boolean written;
        try {
            written = conduit.send(frame);
        } catch (IOException broken) {
            send.end(broken);
            return;
        }
        if (written) {
            send.end(null);
        }
    }
}
