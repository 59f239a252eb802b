package io.laundrybridge.session.frame;

import io.laundrybridge.channel.log.Run;
import io.laundrybridge.session.reader.LogReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of logs as frames, each made once for all sessions of a worker that stand at the same place and go on to the
 * same end. Holds at most 8, each with the segment that it lies in. Confined to its worker.
 */
public final class SharedFrames {
    private static final int SLOTS = 8;

    private final @Nullable Slice[] slices = new Slice[SLOTS];
    private final FramedRun.Packer packer;

    public SharedFrames(FramedRun.Packer packer) {
        this.packer = packer;
    }

    /**
     * What was packed, and for whom.
     *
     * @param log the number of the log that it lies in; not the log, which would be kept by it
     * @param head up to where its reader might read when it was cut
     */
    record Slice(long log, long head, int maxBytes, FramedRun packed) {

        /**
         * Returns whether {@code reader} would read just this now: it may read no more behind it, or there was no room
         * for more.
         */
        boolean isNextFor(LogReader reader, int bytes) {
            return packed.run().first() == reader.next()
                    && log == reader.log().id()
                    && maxBytes == bytes
                    && packed.end() <= reader.head()
                    && (packed.end() < head || head == reader.head());
        }
    }

    /**
     * Returns all that {@code reader}, which has something to read, reads next of {@code channel}; null if it has lost
     * its place.
     */
    public @Nullable FramedRun next(String channel, LogReader reader, int maxBytes) {
        int slot = (int) ((reader.next() + reader.log().id()) % SLOTS);
        Slice known = slices[slot];
        if (known != null && known.isNextFor(reader, maxBytes)) {
            packer.shared(channel, known.packed());
            return known.packed();
        }
        long head = reader.head(); // before reading: what comes after it may be missing from the run
        Run run = reader.read(maxBytes, Integer.MAX_VALUE);
        if (run.isEmpty()) {
            return null;
        }
        FramedRun made = packer.pack(channel, reader.log(), run);
        slices[slot] = new Slice(reader.log().id(), head, maxBytes, made);
        return made;
    }

    /** Lets go of all. */
    public void clear() {
        Arrays.fill(slices, null);
    }
}
