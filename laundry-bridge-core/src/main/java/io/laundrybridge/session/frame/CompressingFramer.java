package io.laundrybridge.session.frame;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.session.socket.Frame;
import java.nio.ByteBuffer;

/** Gives one worker the frames that all workers compress together. Confined to its worker. */
public final class CompressingFramer implements FramedRun.Packer, AutoCloseable {
    /** Shorter runs hardly shrink. */
    private static final int LEAST = 256;

    private final CompressedFrameCache runs;
    private final RunDeflater deflater = new RunDeflater();

    public CompressingFramer(CompressedFrameCache runs) {
        this.runs = runs;
    }

    /** Returns the frame that another session compressed from this place, or the plain lines if it is no shorter. */
    @Override
    public FramedRun pack(String channel, ChannelLog log, Run run) {
        if (run.lines().remaining() < LEAST) {
            return FramedRun.plain(channel, log, run);
        }
        CompressedFrame shared = runs.share(channel, log, run, deflater);
        ByteBuffer frame = shared.frame();
        return frame == null
                ? FramedRun.plain(channel, log, run)
                : new FramedRun(run, shared.end(), Frame.lines(frame), true);
    }

    @Override
    public void shared(String channel, FramedRun packed) {
        if (packed.compressed()) {
            runs.countShared(channel);
        }
    }

    @Override
    public void close() {
        deflater.close();
    }
}
