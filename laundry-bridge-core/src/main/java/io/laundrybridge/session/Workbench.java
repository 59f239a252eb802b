package io.laundrybridge.session;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.logging.RateLimitedLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the sessions of one worker share: the frame under construction, pieces of logs as frames, and the readers per
 * channel. Confined to the worker, but for {@link #readers}, {@link #forget} and {@link #failures}.
 */
final class Workbench {
    private final SinkContext context;
    private final WorkerThread thread;
    private final FrameBuffer frame;
    private final CompressedFrames deflating;
    private final SharedFrames shared = new SharedFrames(Packed::plain);
    private final SharedFrames compressed;
    private final PlainFrames plainFrames = new PlainFrames();
    private final Steps steps;
    private final Map<Channel, ChannelReaders> readers = new ConcurrentHashMap<>();

    Workbench(SinkContext context, WorkerThread thread) {
        this.context = context;
        this.thread = thread;
        this.frame = new FrameBuffer(context.limits().batchBytes());
        this.deflating = new CompressedFrames(context.compressed());
        this.compressed = new SharedFrames(deflating);
        this.steps = new Steps(thread.nanoTime());
    }

    /** What the session whose turn it is may still look at. */
    Steps steps() {
        return steps;
    }

    /** The buffer for the frame under construction. */
    FrameBuffer frame() {
        return frame;
    }

    /** Pieces of logs made into frames, as they are. */
    SharedFrames shared() {
        return shared;
    }

    /** Pieces of logs made into frames, compressed if that is shorter. */
    SharedFrames compressed() {
        return compressed;
    }

    /** Values made into frames for sessions of the plain dialect. */
    PlainFrames plainFrames() {
        return plainFrames;
    }

    /** Logs what nobody foresaw; any thread. */
    RateLimitedLog failures() {
        return thread.failures();
    }

    /** The readers of {@code channel} on this worker; any thread. */
    ChannelReaders readers(Channel channel) {
        return readers.computeIfAbsent(
                channel, any -> new ChannelReaders(thread, any, new FlushGroups(thread, context, any)));
    }

    /** Forgets the readers of {@code channel}; any thread. */
    void forget(Channel channel) {
        readers.remove(channel);
    }

    /** Lets go of logs and frames: a container may remember a closed session for long, and through it its worker. */
    void clear() {
        readers.clear();
        shared.clear();
        compressed.clear();
        plainFrames.clear();
        deflating.close();
    }
}
