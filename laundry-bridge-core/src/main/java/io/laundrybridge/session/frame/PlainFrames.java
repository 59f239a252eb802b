package io.laundrybridge.session.frame;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.session.socket.Frame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest values as plain clients get them, made once for all sessions of a worker at about the same place. Holds at
 * most 256 values of up to 4 KiB, so that it keeps little of what the log has evicted. Confined to its worker.
 */
public final class PlainFrames {
    private static final int SLOTS = 256;
    private static final int LARGEST = 4 << 10;

    private final @Nullable LogEntry[] entries = new LogEntry[SLOTS];
    private final Frame[] frames = new Frame[SLOTS];
    private final Frame noValue = Frame.text(ByteBuffer.wrap(new byte[] {'n', 'u', 'l', 'l'}));

    /** Returns the value of {@code entry}, at {@code index} of {@code run}. */
    @SuppressWarnings("ReferenceEquality") // the same entry, not one like it
    public Frame of(Run run, long index, LogEntry entry) {
        int slot = (int) (index % SLOTS);
        if (entries[slot] == entry) {
            return frames[slot];
        }
        Frame frame = Frame.text(run.value(entry));
        if (frame.bytes() <= LARGEST) {
            entries[slot] = entry;
            frames[slot] = frame;
        }
        return frame;
    }

    /** Returns the frame for a key without a value, or without a wanted one. */
    public Frame noValue() {
        return noValue;
    }

    /** Drops all frames. */
    public void clear() {
        Arrays.fill(entries, null);
        Arrays.fill(frames, noValue);
    }
}
