package io.laundrybridge.transport.websocket.undertow;

import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.transport.websocket.container.PendingSend;
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
 * Passes all output to one peer, Undertow's pongs and closes as well as our frames. A frame that has begun ends before
 * the next one begins. The rest of our frame goes out when Undertow, on its own thread, finds that the socket takes
 * more.
 *
 * <p>Writes that do not block are made under this object's monitor; Undertow's own come with its channel's monitor
 * held. A send ends while neither monitor is held.
 */
final class UndertowConduit extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final WebSocketChannel channel;
    private final PendingSend send;
    private boolean ended;
    /** Whether the container has written only a part of its output. */
    private boolean amidOthers;

    private ByteBuffer @Nullable [] waiting;

    UndertowConduit(StreamSinkConduit next, WebSocketChannel channel, PendingSend send) {
        super(next);
        this.channel = channel;
        this.send = send;
    }

    /**
     * Writes frames of ours, as many as the socket takes.
     *
     * @return false if some of the last one waits for the socket, and the send ends later
     */
    synchronized boolean send(Frames frames) throws IOException {
        if (ended || channel.isCloseFrameSent()) {
            throw new ClosedChannelException();
        }
        if (amidOthers) {
            waiting = frames.takeFirst().pieces();
        } else {
            ByteBuffer[] buffers = frames.lend();
            next.write(buffers, 0, buffers.length);
            waiting = frames.takeWritten();
        }
        if (waiting != null) {
            next.resumeWrites();
        }
        return waiting == null;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return (int) write(new ByteBuffer[] {source}, 0, 1);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        boolean sent;
        long written = 0;
        synchronized (this) {
            sent = !amidOthers && writeWaiting();
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
        boolean sent;
        boolean empty;
        synchronized (this) {
            sent = !amidOthers && writeWaiting();
            empty = waiting == null && next.flush();
        }
        tell(sent);
        return empty;
    }

    /** Returns whether the waiting frame has gone out. The container reacts to a failure: it drops the connection. */
    private boolean writeWaiting() throws IOException {
        ByteBuffer[] frame = waiting;
        if (frame == null) {
            return false;
        }
        next.write(frame, 0, frame.length);
        if (Buffers.hasRemaining(frame)) {
            return false;
        }
        waiting = null;
        return true;
    }

    private void tell(boolean sent) {
        if (sent) {
            send.end(null);
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

    /** Does nothing while a frame of ours waits: a thread that saw none waiting may have been overtaken. */
    @Override
    public synchronized void suspendWrites() {
        if (waiting == null) {
            super.suspendWrites();
        }
    }

    @Override
    public void terminateWrites() throws IOException {
        boolean lost = end();
        try {
            super.terminateWrites();
        } finally {
            fail(lost);
        }
    }

    @Override
    public void truncateWrites() throws IOException {
        boolean lost = end();
        try {
            super.truncateWrites();
        } finally {
            fail(lost);
        }
    }

    /**
     * Ends the output.
     *
     * @return whether a frame of ours waited, which is lost now
     */
    private synchronized boolean end() {
        ended = true;
        boolean lost = waiting != null;
        waiting = null;
        return lost;
    }

    private void fail(boolean lost) {
        if (lost) {
            send.end(new ClosedChannelException());
        }
    }
}
