package io.laundrybridge.session.socket;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The next frames of one session, in their order. A transport takes as many of them in one send as it can, at least the
 * first. A frame of which it has sent a part is taken; frames that it has not begun are left.
 *
 * <p>A worker uses the same object for all its sessions, so a transport keeps none. Confined to its worker.
 */
public final class Frames {
    /** The most frames that one object holds. */
    public static final int MOST = 16;

    private final Frame[] frames = new Frame[MOST];
    private final ByteBuffer[][] lent = new ByteBuffer[MOST][];
    private int first;
    private int end;
    private int lentEnd;

    /** Makes an empty one. */
    public Frames() {}

    /**
     * {@return some frames}
     *
     * @param all one to {@link #MOST} of them, in their order
     */
    public static Frames of(Frame... all) {
        Frames frames = new Frames();
        for (Frame frame : all) {
            frames.add(frame);
        }
        return frames;
    }

    /** {@return whether all frames have been taken} */
    public boolean isEmpty() {
        return first == end;
    }

    /** {@return how many frames there are} */
    public int count() {
        return end - first;
    }

    /**
     * Adds a frame behind the others.
     *
     * @param last the frame
     * @throws IllegalStateException if there are {@link #MOST} already
     */
    public void add(Frame last) {
        if (count() == MOST) {
            throw new IllegalStateException("There are " + MOST + " frames already");
        }
        if (end == MOST) {
            System.arraycopy(frames, first, frames, 0, count());
            Arrays.fill(frames, count(), MOST, null);
            end = count();
            first = 0;
        }
        frames[end++] = last;
    }

    /** {@return the first frame, which stays} */
    public Frame first() {
        return frames[first];
    }

    /** {@return the first frame, which is taken; for transports that send one at a time} */
    public Frame takeFirst() {
        Frame taken = frames[first];
        drop(first + 1);
        return taken;
    }

    /**
     * {@return the frames as a server writes them, for one write at once} Frames behind a ping are left out. After the
     * write the frames are {@linkplain #takeWritten taken}.
     */
    public ByteBuffer[] lend() {
        lentEnd = first + 1;
        while (lentEnd < end && !frames[lentEnd].isPing()) {
            lentEnd++;
        }
        if (lentEnd == first + 1) {
            lent[first] = frames[first].lend();
            return lent[first];
        }
        return lendSeveral();
    }

    private ByteBuffer[] lendSeveral() {
        int pieces = 0;
        for (int i = first; i < lentEnd; i++) {
            frames[i].beginWrite();
        }
        for (int i = first; i < lentEnd; i++) {
            lent[i] = frames[i].lendBesideOthers();
            pieces += lent[i].length;
        }
        ByteBuffer[] all = new ByteBuffer[pieces];
        int at = 0;
        for (int i = first; i < lentEnd; i++) {
            System.arraycopy(lent[i], 0, all, at, lent[i].length);
            at += lent[i].length;
        }
        return all;
    }

    /**
     * Takes the frames that were {@linkplain #lend lent} and that the write has begun, or the first if it has begun
     * none.
     *
     * @return what is left of the last frame that was taken, in memory that a container may keep; null if nothing
     */
    public ByteBuffer @Nullable [] takeWritten() {
        int at = first;
        while (at < lentEnd && !last(lent[at]).hasRemaining()) {
            frames[at].giveBack(lent[at]);
            at++;
        }
        ByteBuffer[] rest = null;
        if (at < lentEnd && (at == first || lent[at][0].position() > 0)) {
            rest = frames[at].rest(lent[at]);
            at++;
        }
        for (int i = at; i < lentEnd; i++) {
            frames[i].giveBack(lent[i]);
        }
        drop(at);
        return rest;
    }

    private static ByteBuffer last(ByteBuffer[] pieces) {
        return pieces[pieces.length - 1];
    }

    /** {@return the frames that are left, which are taken; null if there are none} */
    public Frame @Nullable [] takeAll() {
        Frame[] left = isEmpty() ? null : Arrays.copyOfRange(frames, first, end);
        drop(end);
        return left;
    }

    /** Lets go of the frames before {@code next}. */
    private void drop(int next) {
        Arrays.fill(frames, first, next, null);
        Arrays.fill(lent, first, Math.max(next, lentEnd), null);
        lentEnd = 0;
        first = next == end ? 0 : next;
        end = next == end ? 0 : end;
    }
}
