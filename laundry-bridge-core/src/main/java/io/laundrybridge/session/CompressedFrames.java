package io.laundrybridge.session;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Run;
import java.nio.ByteBuffer;

/** One worker's way to frames that all workers compress together. Confined to its worker. */
final class CompressedFrames implements Packed.Packer, AutoCloseable {
    /** What is shorter hardly shrinks. */
    private static final int LEAST = 256;

    private final CompressedRuns runs;
    private final RunDeflater deflater = new RunDeflater();

    CompressedFrames(CompressedRuns runs) {
        this.runs = runs;
    }

    /** Returns the frame that another session compressed from this place, or the plain lines if it is no shorter. */
    @Override
    public Packed pack(String channel, ChannelLog log, Run run) {
        if (run.lines().remaining() < LEAST) {
            return Packed.plain(channel, log, run);
        }
        CompressedRun shared = runs.share(channel, log, run, deflater);
        ByteBuffer frame = shared.frame();
        return frame == null
                ? Packed.plain(channel, log, run)
                : new Packed(run, shared.end(), Frame.lines(frame), true);
    }

    @Override
    public void shared(String channel, Packed packed) {
        if (packed.compressed()) {
            runs.countShared(channel);
        }
    }

    @Override
    public void close() {
        deflater.close();
    }
}
