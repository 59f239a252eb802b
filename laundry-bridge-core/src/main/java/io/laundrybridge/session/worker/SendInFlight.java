package io.laundrybridge.session.worker;

import io.laundrybridge.host.Meter;
import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The one send of a session that may be in flight. Confined to the session's worker; completions come on any thread.
 */
final class SendInFlight {
    private final EndpointContext context;
    private final DrainWorker worker;
    private final Transport transport;
    private final Sender sender;
    private final SendCompletion completion = this::completed;
    private final Runnable succeeded = this::endedWell;
    private boolean inFlight;
    private long startedAt;

    /** The session that sends. */
    interface Sender {

        /** Handles the end of the send, with {@code failure} or without; on the worker. */
        void sent(@Nullable Throwable failure);

        /** Handles that no thread could send the ping. */
        void pingLeftOut();
    }

    SendInFlight(EndpointContext context, DrainWorker worker, Transport transport, Sender sender) {
        this.context = context;
        this.worker = worker;
        this.transport = transport;
        this.sender = sender;
    }

    /** Returns whether a send has not ended. */
    boolean inFlight() {
        return inFlight;
    }

    /** Returns whether a send has not ended within the deadline. */
    boolean isLate(long now) {
        return inFlight && now - startedAt >= context.limits().sendDeadline().toNanos();
    }

    /** Returns how many frames a send may take. */
    int mostFrames() {
        return Math.min(transport.mostFrames(), Frames.MOST);
    }

    /** Counts a frame that is about to be sent. */
    void count(Frame frame) {
        context.services().telemetry().add(Meter.FRAMES, "", 1);
        context.services().telemetry().add(Meter.FRAME_BYTES, "", frame.bytes());
    }

    /** Sends as many of {@code frames} as the transport takes at once, at least the first. */
    void start(Frames frames) {
        inFlight = true;
        try {
            if (frames.first().isPing()) {
                frames.takeFirst();
                ping();
            } else {
                transport.send(frames, completion);
            }
        } catch (Throwable e) { // a container may throw errors too
            ended(e);
        }
        if (inFlight) {
            startedAt = context.nanoTime();
        }
    }

    /** Sends a ping on another thread, because some containers block in it. If no thread is free it is left out. */
    private void ping() {
        if (!context.elsewhere().run(BlockingCalls.Lane.PING, this::pingOrFail)) {
            sender.pingLeftOut();
            completed(null);
        }
    }

    private void pingOrFail() {
        try {
            transport.ping(completion);
        } catch (Throwable e) {
            completed(e);
        }
    }

    /** Passes the completion to the worker. Any thread. */
    private void completed(@Nullable Throwable failure) {
        if (worker.isCurrentThread()) {
            ended(failure);
        } else {
            worker.execute(failure == null ? succeeded : () -> ended(failure));
        }
    }

    private void endedWell() {
        ended(null);
    }

    private void ended(@Nullable Throwable failure) {
        inFlight = false;
        sender.sent(failure);
    }
}
