package io.laundrybridge.transport.websocket.jetty;

import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.OpenSession;
import io.laundrybridge.transport.websocket.container.UnexpectedContainerException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes whole frames to Jetty's socket while Jetty's flusher has nothing to write and waits. What the socket does not
 * take goes out through the flusher, before anything else. While the flusher writes, frames go through the API.
 */
final class JettyWriter implements FrameWriter {
    private final JettyWriters jetty;
    private final OpenSession opened;
    private final Object session;
    private final Object socket;
    private final JettyFlushers.Turns turns;
    private final Object ended;
    private final FrameWriter portable;

    JettyWriter(
            JettyWriters jetty,
            OpenSession opened,
            Object session,
            Object socket,
            JettyFlushers.Turns turns,
            Object ended) {
        this.jetty = jetty;
        this.opened = opened;
        this.session = session;
        this.socket = socket;
        this.turns = turns;
        this.ended = ended;
        this.portable = opened.portableWriter();
    }

    @Override
    public int most() {
        return Frames.MOST;
    }

    @Override
    public void write(Frames frames) {
        opened.requireOpen();
        try {
            if (!turns.begin()) {
                portable.write(frames);
            } else if (writeInTurn(frames)) {
                opened.send().end(null);
            } else {
                jetty.finish().invokeExact(session, ended);
            }
        } catch (IOException broken) {
            opened.send().end(broken);
        } catch (RuntimeException | Error refused) {
            throw refused;
        } catch (Throwable otherVersion) {
            throw new UnexpectedContainerException("Jetty accepted no frame", otherVersion);
        }
    }

    /** Returns whether the socket took all that was begun; else the flusher has the rest. */
    private boolean writeInTurn(Frames frames) throws Throwable {
        try {
            ByteBuffer[] buffers = frames.lend();
            jetty.write().invokeExact(socket, buffers);
            ByteBuffer[] rest = frames.takeWritten();
            if (rest == null) {
                return true;
            }
            turns.leave(together(rest));
            return false;
        } finally {
            turns.end();
        }
    }

    /** Copies what is left into one piece, in which the flusher finds no room for more. */
    private static ByteBuffer together(ByteBuffer[] pieces) {
        int bytes = 0;
        for (ByteBuffer piece : pieces) {
            bytes += piece.remaining();
        }
        ByteBuffer whole = ByteBuffer.allocate(bytes);
        for (ByteBuffer piece : pieces) {
            whole.put(piece);
        }
        return whole.flip();
    }
}
