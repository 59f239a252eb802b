package io.laundrybridge.session.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One whole WebSocket message or ping, which several sessions may share. Its bytes are shared and must not be changed.
 * Confined to its worker, except {@link #payload} and {@link #text}.
 */
public final class Frame {
    private static final int FINAL = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int PING = 9;
    private static final int SHORT = 126;
    private static final int LONG = 127;
    private static final int LONGEST_HEADER = 10;

    /** The size up to which one copied piece costs the kernel less than two uncopied ones. */
    private static final int SMALL = 8 << 10;

    private final ByteBuffer payload;
    private final int opcode;
    private ByteBuffer @Nullable [] spare;
    private @Nullable ByteBuffer whole;
    private @Nullable String text;
    private @Nullable FrameImages images;
    private FrameImages.@Nullable Image image;
    private long place;

    private Frame(ByteBuffer payload, int opcode) {
        this.payload = payload;
        this.opcode = opcode;
    }

    /**
     * {@return a frame of lines of the full dialect} It is sent as binary, which every container passes on without
     * encoding it again.
     *
     * @param lines one or more lines, as UTF-8
     */
    public static Frame lines(ByteBuffer lines) {
        return new Frame(lines.slice(), BINARY);
    }

    /**
     * {@return a frame of text, which must be UTF-8}
     *
     * @param utf8 the text
     */
    public static Frame text(ByteBuffer utf8) {
        return new Frame(utf8.slice(), TEXT);
    }

    /** {@return a WebSocket ping (RFC 6455 section 5.5.2), which carries nothing} */
    public static Frame ping() {
        return new Frame(ByteBuffer.allocate(0), PING);
    }

    /** {@return whether it is a ping, which {@link Transport#ping} sends} */
    public boolean isPing() {
        return opcode == PING;
    }

    /** {@return whether it is text, to be sent as such} */
    public boolean isText() {
        return opcode == TEXT;
    }

    /** {@return the length of the payload} */
    public int bytes() {
        return payload.remaining();
    }

    /** {@return the length as a server writes it, header included} */
    public int length() {
        int length = bytes();
        return length + (length < SHORT ? 2 : length <= 0xffff ? 4 : LONGEST_HEADER);
    }

    /** {@return the payload, as a fresh view; any thread} */
    public ByteBuffer payload() {
        return payload.duplicate();
    }

    /** {@return the payload as characters, decoded once; any thread} */
    public String text() {
        if (text == null) {
            text = StandardCharsets.UTF_8.decode(payload()).toString();
        }
        return text;
    }

    /**
     * Notes where a reader of this frame reads on.
     *
     * @param next a number near those of near places
     */
    public void endsAt(long next) {
        place = next;
    }

    /** {@return where a reader of this frame reads on; 0 if that is unknown} */
    public long place() {
        return place;
    }

    /**
     * Has the frame written from one of {@code all}, if there is room.
     *
     * @param all the images of the frame's worker
     */
    public void writeFrom(FrameImages all) {
        images = all.takes(bytes()) ? all : null;
    }

    /**
     * {@return the frame as a server writes it (RFC 6455 section 5.2), for one write at once} After the write they are
     * {@linkplain #giveBack given back} if all is written, else replaced by the {@linkplain #rest rest}.
     */
    public ByteBuffer[] lend() {
        beginWrite();
        return lendBesideOthers();
    }

    /** Begins a write of this frame, perhaps beside others. */
    void beginWrite() {
        if (images != null) {
            images.beginWrite();
        }
    }

    /** Returns what {@link #lend} does, for a write of several frames, which has begun. */
    ByteBuffer[] lendBesideOthers() {
        FrameImages.Image lent = images == null ? null : images.of(this, image);
        if (lent == null) {
            return pieces();
        }
        image = lent;
        return lent.pieces();
    }

    /**
     * {@return the frame as a server writes it, in memory that a container may keep: in one piece if it is small, else
     * header and payload}
     */
    public ByteBuffer[] pieces() {
        ByteBuffer[] ready = spare;
        spare = null;
        if (ready != null) {
            return ready;
        }
        return bytes() <= SMALL ? new ByteBuffer[] {whole()} : new ByteBuffer[] {header(), payload()};
    }

    /**
     * Takes back what {@link #lend} returned, once it was written, or if none of it was.
     *
     * @param written what {@link #lend} gave
     */
    public void giveBack(ByteBuffer[] written) {
        if (written[0].isDirect()) {
            return;
        }
        for (ByteBuffer each : written) {
            each.rewind();
        }
        spare = written;
    }

    /**
     * {@return what a write has left, in memory that a container may keep}
     *
     * @param written what {@link #lend} gave
     */
    public ByteBuffer[] rest(ByteBuffer[] written) {
        if (!written[0].isDirect()) {
            return written;
        }
        int done = written[0].position();
        ByteBuffer[] rest = pieces();
        for (ByteBuffer piece : rest) {
            int passed = Math.min(done, piece.remaining());
            piece.position(passed);
            done -= passed;
        }
        return rest;
    }

    /**
     * {@return the frame in one piece, copied together once; a fresh view} For containers that cannot write two pieces
     * at once.
     */
    public ByteBuffer whole() {
        if (whole == null) {
            whole = ByteBuffer.allocate(length()).put(header()).put(payload()).flip();
        }
        return whole.duplicate();
    }

    /** Returns a fresh header (RFC 6455 section 5.2). */
    ByteBuffer header() {
        int length = bytes();
        ByteBuffer header = ByteBuffer.allocate(LONGEST_HEADER).put((byte) (FINAL | opcode));
        if (length < SHORT) {
            header.put((byte) length);
        } else if (length <= 0xffff) {
            header.put((byte) SHORT).putShort((short) length);
        } else {
            header.put((byte) LONG).putLong(length);
        }
        return header.flip().slice();
    }
}
