package io.laundrybridge.session.socket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of a worker's latest frames outside the heap, header and payload in one piece. Java copies what is in the heap
 * at each write, so a frame for many sessions would be copied once for each of them. The kernel reads an image as it
 * is.
 *
 * <p>The memory is used again for other frames. So an image is valid only until the worker's write returns. A
 * container may not keep it: {@link Frame#rest} is for that. Confined to its worker.
 */
public final class FrameImages {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.session");

    /** The number of images of a worker. */
    public static final int COUNT = 8;

    private static final int LONGEST_HEADER = 10;
    /** Keeps images from meeting in the same lines of a core's caches. */
    private static final int APART = (4 << 10) + 64;

    private final int capacity;
    private final Image[] images;
    private int next;
    private long write;

    /** The memory of one image. */
    static final class Image {
        private final ByteBuffer[] pieces;
        private @Nullable Frame holder;
        private long write;

        private Image(ByteBuffer memory) {
            this.pieces = new ByteBuffer[] {memory};
        }

        /** Returns header and payload, in one piece. */
        ByteBuffer[] pieces() {
            return pieces;
        }
    }

    private FrameImages(int capacity, Image[] images) {
        this.capacity = capacity;
        this.images = images;
    }

    /**
     * {@return images of frames with payloads up to {@code bytes}; none if the JVM has no memory for them, which is
     * logged} The memory is freed with the object.
     *
     * @param bytes the longest payload
     */
    public static FrameImages ofFramesUpTo(int bytes) {
        int capacity = bytes + LONGEST_HEADER;
        int stride = capacity + APART;
        try {
            ByteBuffer memory = ByteBuffer.allocateDirect(COUNT * stride);
            Image[] images = new Image[COUNT];
            for (int i = 0; i < COUNT; i++) {
                images[i] = new Image(memory.slice(i * stride, capacity));
            }
            return new FrameImages(capacity, images);
        } catch (OutOfMemoryError full) {
            LOG.warn(
                    "A worker has no {} KiB outside the heap, so each send copies its frame; raise"
                            + " -XX:MaxDirectMemorySize",
                    (COUNT * stride) >> 10,
                    full);
            return none();
        }
    }

    /** {@return no images: every write copies} */
    public static FrameImages none() {
        return new FrameImages(0, new Image[0]);
    }

    /** Returns whether there is room for the image of a frame with a payload of {@code bytes}. */
    boolean takes(int bytes) {
        return bytes + LONGEST_HEADER <= capacity;
    }

    /** Begins a write: what was lent for the one before is free. */
    void beginWrite() {
        write++;
    }

    /**
     * Returns {@code held}, if it is still the image of {@code frame}, else a new one in place of the oldest. Each is
     * lent once in a write. Returns null if it has been, or if all others are lent.
     */
    @SuppressWarnings("ReferenceEquality") // the same frame, not one like it
    @Nullable Image of(Frame frame, @Nullable Image held) {
        if (held != null && held.holder == frame) {
            held.pieces[0].rewind();
            return lend(held);
        }
        Image oldest = oldestFree();
        return oldest == null ? null : lend(fill(oldest, frame));
    }

    private @Nullable Image lend(Image image) {
        boolean twice = image.write == write;
        image.write = write;
        return twice ? null : image;
    }

    private @Nullable Image oldestFree() {
        for (int i = 0; i < images.length; i++) {
            Image oldest = images[next];
            next = (next + 1) % images.length;
            if (oldest.write != write) {
                return oldest;
            }
        }
        return null;
    }

    private static Image fill(Image oldest, Frame frame) {
        oldest.holder = null; // until it is whole
        ByteBuffer memory = oldest.pieces[0].clear();
        memory.put(frame.header()).put(frame.payload()).flip();
        oldest.holder = frame;
        return oldest;
    }

    /** Lets go of all frames. */
    public void clear() {
        for (Image image : images) {
            image.holder = null;
        }
    }
}
