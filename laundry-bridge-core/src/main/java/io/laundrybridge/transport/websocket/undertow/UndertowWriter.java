package io.laundrybridge.transport.websocket.undertow;

import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.PendingSend;
import java.io.IOException;

/** Writes whole frames to Undertow's connection on the caller's thread. */
record UndertowWriter(UndertowConduit conduit, PendingSend send) implements FrameWriter {

    @Override
    public int most() {
        return Frames.MOST;
    }

    @Override
    public void write(Frames frames) {
        boolean written;
        try {
            written = conduit.send(frames);
        } catch (IOException broken) {
            send.end(broken);
            return;
        }
        if (written) {
            send.end(null);
        }
    }
}
