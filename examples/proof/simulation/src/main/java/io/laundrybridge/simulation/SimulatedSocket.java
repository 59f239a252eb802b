package io.laundrybridge.simulation;

import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A connection of a client. If the client does not read, its two ends hold what they can, and sends wait. */
final class SimulatedSocket implements Transport {
    private static final long HELD_BYTES = 256 << 10;
    private static final int FRAME_BYTES = 64 << 10;

    private final SimulatedClient client;
    private final Deque<FrameContent> held = new ArrayDeque<>();
    private long heldBytes;
    private @Nullable SendCompletion sending;
    private boolean ended;

    SimulatedSocket(SimulatedClient client) {
        this.client = client;
    }

    @Override
    public void send(Frame frame, SendCompletion completion) {
        FrameContent content = client.worker().content(frame);
        client.node().wrote(content.events());
        sending = completion;
        if (ended) {
            complete(new IOException("the connection has ended"));
        } else if (client.reads()) {
            client.read(content, this);
            complete(null);
        } else {
            held.add(content);
            heldBytes += frame.bytes();
            if (heldBytes <= HELD_BYTES) {
                complete(null);
            }
        }
    }

    /** Reads what is held; a send that waits goes on. */
    void readOn() {
        while (!held.isEmpty()) {
            client.read(held.remove(), this);
        }
        heldBytes = 0;
        complete(null);
    }

    private void complete(@Nullable Throwable failure) {
        SendCompletion done = sending;
        sending = null;
        if (done != null) {
            done.done(failure);
        }
    }

    @Override
    public void ping(SendCompletion completion) {
        completion.done(null);
    }

    @Override
    public int maxBatchBytes() {
        return FRAME_BYTES;
    }

    /** {@inheritDoc} A client that does not read does not answer; the server drops its connection later. */
    @Override
    public void close(int code, String reason) {
        if (client.reads()) {
            abort();
        }
    }

    @Override
    public void abort() {
        if (!ended) {
            ended = true;
            held.clear();
            complete(new IOException("the connection was dropped"));
            client.dropped();
        }
    }
}
