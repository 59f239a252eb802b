package io.laundrybridge.benchmark.load;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates one client's frames: each with a first byte of zero by itself; the others stay as they are. */
final class Inflating {
    private final Inflater inflater = new Inflater(true);
    private final byte[] plain = new byte[16 * 1024];
    private byte[] frame = new byte[4 * 1024];
    private int length;

    /** Takes a piece of the frame that is being read. */
    void collect(byte[] bytes, int from, int to) {
        if (length + to - from > frame.length) {
            frame = Arrays.copyOf(frame, 2 * (length + to - from));
        }
        System.arraycopy(bytes, from, frame, length, to - from);
        length += to - from;
    }

    /** The frame is whole. */
    void inflate(EventScanner scanner) throws IOException {
        if (length == 0 || frame[0] != 0) {
            scanner.feed(frame, 0, length);
            length = 0;
            return;
        }
        inflater.reset();
        inflater.setInput(frame, 1, length - 1);
        length = 0;
        try {
            for (int n = inflater.inflate(plain); n > 0; n = inflater.inflate(plain)) {
                scanner.feed(plain, 0, n);
            }
        } catch (DataFormatException e) {
            throw new IOException("a frame that does not inflate", e);
        }
    }
}
