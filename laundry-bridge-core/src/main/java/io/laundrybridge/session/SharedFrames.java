package io.laundrybridge.session;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Run;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of logs as frames, each made once for all sessions of a worker that stand at the same place and go on to the same
 * end. Holds at most 8, each with the segment that it lies in. Confined to its worker.
 */
final class SharedFrames {
    private static final int SLOTS = 8;

    private final @Nullable Slice[] slices = new Slice[SLOTS];
    private final Packed.Packer packer;

    SharedFrames(Packed.Packer packer) {
        this.packer = packer;
    }

    /**
     * What was packed, and for whom.
     *
     * @param head where the log ended when it was cut
     */
    record Slice(ChannelLog log, long head, int maxBytes, Packed packed) {

        /** Whether {@code reader} would read just this now: nothing has been added behind it, or it had no room for more. */
        @SuppressWarnings("ReferenceEquality") // that log, not one like it
        boolean isNextFor(LogReader reader, int bytes) {
            return packed.run().first() == reader.next()
                    && log == reader.log()
                    && maxBytes == bytes
                    && (packed.end() < head || head == log.head());
        }
    }

    /** What {@code feed} reads next, all of it; null if there is nothing. */
    @Nullable Packed next(Feed feed, int maxBytes) {
        LogReader reader = feed.reader();
        int slot = (int) (reader.next() % SLOTS);
        Slice known = slices[slot];
        if (known != null && known.isNextFor(reader, maxBytes)) {
            packer.shared(feed, known.packed());
            return known.packed();
        }
        long head = reader.log().head(); // before reading: what comes after it may be missing from the run
        Run run = feed.read(maxBytes, Integer.MAX_VALUE);
        if (run.isEmpty()) {
            return null;
        }
        Packed made = packer.pack(feed, run);
        slices[slot] = new Slice(reader.log(), head, maxBytes, made);
        return made;
    }
}
