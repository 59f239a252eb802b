package io.laundrybridge.session.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Makes compressed frames. One per worker, used again for every frame, and confined to it. */
public final class RunDeflater implements AutoCloseable {
    /** Measured on the laundry's events: as fast as 1, and a sixth smaller. */
    private static final int LEVEL = 3;

    private static final int USUAL_BYTES = 64 << 10;

    private @Nullable Deflater deflater;
    private byte[] scratch = new byte[0];

    /**
     * Returns a frame that begins with the byte 0 and then inflates to {@code lines}; null if it would not be shorter.
     */
    public byte @Nullable [] frame(ByteBuffer lines) {
        Deflater raw = deflater == null ? new Deflater(LEVEL, true) : deflater;
        deflater = raw;
        int length = lines.remaining();
        byte[] out = scratch(length);
        raw.reset();
        raw.setInput(lines);
        raw.finish();
        int deflated = raw.deflate(out, 1, length - 2);
        return raw.finished() ? Arrays.copyOf(out, 1 + deflated) : null;
    }

    /** Frees its memory outside the heap; it may be used again. */
    @Override
    public void close() {
        if (deflater != null) {
            deflater.end();
            deflater = null;
        }
    }

    private byte[] scratch(int length) {
        if (length > USUAL_BYTES) {
            return new byte[length];
        }
        scratch = scratch.length < length ? new byte[USUAL_BYTES] : scratch;
        return scratch;
    }
}
