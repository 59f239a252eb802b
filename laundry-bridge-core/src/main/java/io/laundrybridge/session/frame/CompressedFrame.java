package io.laundrybridge.session.frame;

import io.laundrybridge.channel.log.Run;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a log as a compressed frame, made by the first session that asks, while others wait for it. Thread-safe.
 */
final class CompressedFrame {
    private final long end;
    private @Nullable Run run; // guarded by this
    private volatile byte @Nullable [] frame;
    private volatile boolean made;

    CompressedFrame(Run run) {
        this.run = run;
        this.end = run.end();
    }

    /** Returns the log index after the last entry. */
    long end() {
        return end;
    }

    /** Returns whether this call made the frame. */
    synchronized boolean make(RunDeflater deflater) {
        Run lines = run;
        run = null; // or a segment that the log has evicted would be kept
        if (lines == null) {
            return false;
        }
        frame = deflater.frame(lines.lines());
        made = true;
        return true;
    }

    /** Returns the frame, shared with other sessions; null if it is not shorter than the plain lines. */
    @Nullable ByteBuffer frame() {
        byte[] bytes = frame;
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    boolean made() {
        return made;
    }

    int length() {
        byte[] bytes = frame;
        return bytes == null ? 0 : bytes.length;
    }
}
