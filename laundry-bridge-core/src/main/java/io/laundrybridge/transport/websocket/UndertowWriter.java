package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes whole frames to Undertow's connection on the caller's thread. */
record UndertowWriter(UndertowConduit conduit) implements FrameWriter {

    @Override
    public void write(Frame frame, Send send) {
        ByteBuffer[] buffers = frame.lend();
        boolean written;
        try {
            written = conduit.send(buffers, send);
        } catch (IOException broken) {
            send.end(broken);
            return;
        }
        if (written) {
            frame.giveBack(buffers);
            send.end(null);
        }
    }
}
