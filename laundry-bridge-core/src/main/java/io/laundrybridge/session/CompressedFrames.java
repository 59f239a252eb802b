package io.laundrybridge.session;

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

    /** Up to where somebody who stood here has compressed, that frame; the lines as they lie if it is no shorter. */
    @Override
    public Packed pack(Feed feed, Run run) {
        if (run.lines().remaining() < LEAST) {
            return Packed.plain(feed, run);
        }
        CompressedRun shared = runs.share(feed.channel(), feed.reader().log(), run, deflater);
        ByteBuffer frame = shared.frame();
        return frame == null ? Packed.plain(feed, run) : new Packed(run, shared.end(), Frame.lines(frame), true);
    }

    @Override
    public void shared(Feed feed, Packed packed) {
        if (packed.compressed()) {
            runs.countShared(feed.channel());
        }
    }

    @Override
    public void close() {
        deflater.close();
    }
}
