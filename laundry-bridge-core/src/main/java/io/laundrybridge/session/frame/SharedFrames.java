package io.laundrybridge.session.frame;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.socket.FrameImages;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of logs as frames, each made once for all sessions of a worker at the same place, with the same end. Holds at
 * most 16, each with its segment. Confined to its worker.
 *
 * <p>If a reader has more than a frame ahead, its frame ends at a boundary of a grid. So readers that lag at different
 * places share their frames after the first one, as soon as they come to the same places.
 */
public final class SharedFrames {
    private static final int SLOTS = 16;
    /** Places of one log are together, however many entries it gets. */
    private static final int LOG_SHIFT = 40;

    private final @Nullable Slice[] slices = new Slice[SLOTS];
    private final FramedRun.Packer packer;
    private final FrameImages images;

    public SharedFrames(FramedRun.Packer packer, FrameImages images) {
        this.packer = packer;
        this.images = images;
    }

    /**
     * A frame, and the readers that it is for.
     *
     * @param log the number of its log; not the log itself, which it would keep
     * @param head the place up to which its reader could read when it was made
     */
    record Slice(long log, long head, int maxBytes, FramedRun packed) {

        /**
         * Returns whether {@code reader} would read exactly this now: it may not read further, or there was no room for
         * more.
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
     * Returns the next piece of {@code channel} for {@code reader}, which has something to read; null if it has lost
     * its place.
     */
    public @Nullable FramedRun next(String channel, LogReader reader, int maxBytes) {
        int slot = slot(reader.next() + reader.log().id());
        Slice known = slices[slot];
        if (known != null && known.isNextFor(reader, maxBytes)) {
            packer.shared(channel, known.packed());
            return known.packed();
        }
        long head = reader.head(); // before reading: later entries may be missing from the run
        Run run = reader.read(maxBytes, Integer.MAX_VALUE);
        if (run.isEmpty()) {
            return null;
        }
        FramedRun made =
                packer.pack(channel, reader.log(), run.end() < head ? endedOnGrid(run, reader, maxBytes) : run);
        made.frame().writeFrom(images);
        made.frame().endsAt((reader.log().id() << LOG_SHIFT) + made.end());
        slices[slot] = new Slice(reader.log().id(), head, maxBytes, made);
        return made;
    }

    /**
     * Returns {@code run}, which has not all that {@code reader} may read, without what is beyond the next boundary of
     * the grid. Boundaries are ends of segments, and places in them less than a frame apart, so that a line across one
     * fits too.
     */
    private static Run endedOnGrid(Run run, LogReader reader, int maxBytes) {
        if (reader.read(Integer.MAX_VALUE, Integer.MAX_VALUE).end() <= run.end()) {
            return run; // it has the rest of its segment
        }
        LogEntry first = run.entry(run.first());
        int width = Math.max(1, maxBytes - maxBytes / 16);
        int boundary = (first.to() + width - 1) / width * width;
        int bytes = boundary - first.from();
        Run ended = bytes < maxBytes ? reader.read(bytes, Integer.MAX_VALUE) : run;
        return ended.isEmpty() ? run : ended; // the log may have evicted it meanwhile
    }

    /** Spreads places over the slots: pieces begin at multiples of powers of two, because segments grow by these. */
    private static int slot(long place) {
        return (int) ((place * 0x9e3779b97f4a7c15L) >>> (Long.SIZE - Integer.numberOfTrailingZeros(SLOTS)));
    }

    /** Drops all frames. */
    public void clear() {
        Arrays.fill(slices, null);
    }
}
