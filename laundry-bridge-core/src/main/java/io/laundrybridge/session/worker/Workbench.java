package io.laundrybridge.session.worker;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.EventAges;
import io.laundrybridge.session.frame.CompressingFramer;
import io.laundrybridge.session.frame.FrameBuffer;
import io.laundrybridge.session.frame.FramedRun;
import io.laundrybridge.session.frame.PlainFrames;
import io.laundrybridge.session.frame.SharedFrames;
import io.laundrybridge.session.place.Places;
import io.laundrybridge.session.select.TurnBudget;
import io.laundrybridge.session.socket.FrameImages;
import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.session.wake.ChannelReaders;
import io.laundrybridge.session.wake.FlushGroups;
import io.laundrybridge.session.wake.WorkerThread;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the sessions of one worker share: the frame under construction, pieces of logs as frames, and the readers per
 * channel. Confined to the worker, except {@link #readers}, {@link #forget} and {@link #failures}.
 */
public final class Workbench {
    private final EndpointContext context;
    private final WorkerThread thread;
    private final FrameBuffer frame;
    private final Frames frames = new Frames();
    private final CompressingFramer deflating;
    private final FrameImages images;
    private final SharedFrames shared;
    private final SharedFrames compressed;
    private final PlainFrames plainFrames = new PlainFrames();
    private final Places places;
    private final TurnBudget steps;
    private final SendBudget sends = new SendBudget();
    private final EventAges ages;
    private final Map<Channel, ChannelReaders> readers = new ConcurrentHashMap<>();

    Workbench(EndpointContext context, WorkerThread thread) {
        this.context = context;
        this.thread = thread;
        this.frame = new FrameBuffer(context.limits().batchBytes());
        this.images =
                FrameImages.ofFramesUpTo(Math.min(64 << 10, context.limits().batchBytes()));
        this.shared = new SharedFrames(FramedRun::plain, images);
        this.deflating = new CompressingFramer(context.compressed());
        this.compressed = new SharedFrames(deflating, images);
        this.places = context.sealing().places();
        this.steps = new TurnBudget(thread.nanoTime());
        this.ages = new EventAges(context.services());
    }

    /** Returns what the session may still look at in its turn. */
    public TurnBudget steps() {
        return steps;
    }

    /** Returns what the session may still send in its turn. */
    SendBudget sends() {
        return sends;
    }

    /** Returns the measure of how old events are when they are sent. */
    EventAges ages() {
        return ages;
    }

    /** Returns the buffer for the frame under construction. */
    public FrameBuffer frame() {
        return frame;
    }

    /** Returns the frames that the session with the turn sends next. */
    Frames frames() {
        return frames;
    }

    /** Returns the frames of pieces of logs, uncompressed. */
    public SharedFrames shared() {
        return shared;
    }

    /** Returns the frames of pieces of logs, compressed if that is shorter. */
    public SharedFrames compressed() {
        return compressed;
    }

    /** Returns the frames of values for sessions of the plain dialect. */
    public PlainFrames plainFrames() {
        return plainFrames;
    }

    /** Returns the writer and reader of places. */
    public Places places() {
        return places;
    }

    /** Logs unforeseen errors; any thread. */
    public RateLimitedLog failures() {
        return thread.failures();
    }

    /** Returns the readers of {@code channel} on this worker; any thread. */
    public ChannelReaders readers(Channel channel) {
        return readers.computeIfAbsent(
                channel, any -> new ChannelReaders(thread, any, new FlushGroups(thread, context, any)));
    }

    /** Forgets the readers of {@code channel}; any thread. */
    void forget(Channel channel) {
        readers.remove(channel);
    }

    /** Releases logs and frames: a container may remember a closed session for long, and through it its worker. */
    void clear() {
        readers.clear();
        shared.clear();
        images.clear();
        frames.takeAll();
        compressed.clear();
        plainFrames.clear();
        deflating.close();
    }
}
