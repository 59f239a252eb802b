package io.laundrybridge.session.frame;

import io.laundrybridge.session.socket.Frame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Queue;

/** The lines of one frame under construction. One per worker, used again for every frame. */
public final class FrameBuffer {
    private final int limit;
    private byte[] bytes = new byte[4_096];
    private int length;

    public FrameBuffer(int limit) {
        this.limit = limit;
    }

    public void clear() {
        length = 0;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** Bytes left before the frame is full. */
    public int room() {
        return Math.max(0, limit - length);
    }

    /** Returns whether {@code line} more bytes are accepted: they fit, or the frame is empty and they go alone. */
    public boolean takes(int line) {
        return isEmpty() || length + 1 + line <= limit;
    }

    public void add(byte[] line) {
        add(line, 0, line.length);
    }

    /** Moves lines from {@code waiting} into the frame, in order, as many as fit. */
    public void addAll(Queue<byte[]> waiting) {
        for (byte[] line = waiting.peek(); line != null && takes(line.length); line = waiting.peek()) {
            add(line);
            waiting.remove();
        }
    }

    /** Adds a line, or several with LF between them. */
    public void add(byte[] source, int from, int to) {
        reserve(1 + to - from);
        if (length > 0) {
            bytes[length++] = '\n';
        }
        append(source, from, to);
    }

    /** Adds more bytes to the last line. */
    public void append(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    private void reserve(int more) {
        int needed = length + more;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.min(limit, bytes.length * 2)));
        }
    }

    /** Returns the frame, in its own memory. */
    public Frame frame() {
        return Frame.lines(ByteBuffer.wrap(Arrays.copyOf(bytes, length)));
    }
}
