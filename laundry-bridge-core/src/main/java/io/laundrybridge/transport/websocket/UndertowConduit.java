package io.laundrybridge.transport.websocket;

import io.undertow.websockets.core.WebSocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;

/**
 * What all that goes out to one peer passes, Undertow's pongs and closes as well as our frames: whoever has begun a frame ends
 * it before the other begins. What is left of ours goes out when Undertow, on its own thread, finds that the socket takes more.
 *
 * <p>Writes that do not block are made under this object's monitor; Undertow's own come with its channel's monitor held. Nobody is
 * told of an end while either is taken by us.
 */
final class UndertowConduit extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final WebSocketChannel channel;
    private boolean ended;
    /** The container has written a part of what it wants to write. */
    private boolean amidOthers;

    private ByteBuffer @Nullable [] waiting;
    private @Nullable Send waitingSend;

    UndertowConduit(StreamSinkConduit next, WebSocketChannel channel) {
        super(next);
        this.channel = channel;
    }

    /** Writes a frame of ours; false if some of it waits for the socket, and {@code send} is told later. */
    synchronized boolean send(ByteBuffer[] frame, Send send) throws IOException {
        if (ended || channel.isCloseFrameSent()) {
            throw new ClosedChannelException();
        }
        if (!amidOthers) {
            next.write(frame, 0, frame.length);
            if (!Buffers.hasRemaining(frame)) {
                return true;
            }
        }
        waiting = frame;
        waitingSend = send;
        next.resumeWrites();
        return false;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return (int) write(new ByteBuffer[] {source}, 0, 1);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        Send sent;
        long written = 0;
        synchronized (this) {
            sent = amidOthers ? null : writeWaiting();
            if (waiting == null || amidOthers) {
                written = next.write(sources, offset, length);
                amidOthers = Buffers.hasRemaining(sources, offset, length);
            }
        }
        tell(sent);
        return written;
    }

    @Override
    public boolean flush() throws IOException {
        Send sent;
        boolean empty;
        synchronized (this) {
            sent = amidOthers ? null : writeWaiting();
            empty = waiting == null && next.flush();
        }
        tell(sent);
        return empty;
    }

    /** The send that has ended, if one has. A failure is the container's to act upon: it drops the connection. */
    private @Nullable Send writeWaiting() throws IOException {
        ByteBuffer[] frame = waiting;
        if (frame == null) {
            return null;
        }
        next.write(frame, 0, frame.length);
        if (Buffers.hasRemaining(frame)) {
            return null;
        }
        waiting = null;
        Send sent = waitingSend;
        waitingSend = null;
        return sent;
    }

    private static void tell(@Nullable Send sent) {
        if (sent != null) {
            sent.end(null);
        }
    }

    @Override
    public int writeFinal(ByteBuffer source) throws IOException {
        return Conduits.writeFinalBasic(this, source);
    }

    @Override
    public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
        return Conduits.writeFinalBasic(this, sources, offset, length);
    }

    /** Not while a frame of ours waits: whoever saw that nothing does may have been overtaken. */
    @Override
    public synchronized void suspendWrites() {
        if (waiting == null) {
            super.suspendWrites();
        }
    }

    @Override
    public void terminateWrites() throws IOException {
        Send lost = end();
        try {
            super.terminateWrites();
        } finally {
            fail(lost);
        }
    }

    @Override
    public void truncateWrites() throws IOException {
        Send lost = end();
        try {
            super.truncateWrites();
        } finally {
            fail(lost);
        }
    }

    private synchronized @Nullable Send end() {
        ended = true;
        waiting = null;
        Send lost = waitingSend;
        waitingSend = null;
        return lost;
    }

    private static void fail(@Nullable Send lost) {
        if (lost != null) {
            lost.end(new ClosedChannelException());
        }
    }
}
