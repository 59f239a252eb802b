package io.laundrybridge.benchmark.load;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Splits a server's bytes into frames, which may end anywhere in them. */
final class FrameReader {
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    /** RSV1, on the first frame of a message. */
    private static final int DEFLATED = 0x40;

    private final FrameSink sink;
    private final byte[] header = new byte[10];
    private int headerLength;
    private boolean inPayload;
    private long left;
    private int opcode;
    private boolean last;
    private Kind kind = Kind.TEXT;
    private byte[] control = new byte[0];
    private int controlLength;
    private boolean stopped;

    FrameReader(FrameSink sink) {
        this.sink = sink;
    }

    /** Takes {@code bytes[from, to)}. */
    void feed(byte[] bytes, int from, int to) {
        int position = from;
        while (position < to && !stopped) {
            if (inPayload) {
                int length = (int) Math.min(left, (long) to - position);
                payload(bytes, position, position + length);
                position += length;
                left -= length;
            } else {
                header[headerLength++] = bytes[position++];
                readHeader();
            }
            if (inPayload && left == 0 && !stopped) {
                end();
            }
        }
    }

    /** Passes over the frames that follow, because their connection has ended. */
    void stop() {
        stopped = true;
    }

    private void readHeader() {
        if (headerLength < 2) {
            return;
        }
        int length = header[1] & 0x7f;
        int more = length < 126 ? 0 : length == 126 ? 2 : 8;
        if (headerLength < 2 + more) {
            return;
        }
        ByteBuffer rest = ByteBuffer.wrap(header, 2, 8);
        left = more == 0 ? length : more == 2 ? rest.getShort() & 0xffff : rest.getLong();
        begin();
    }

    private void begin() {
        headerLength = 0;
        inPayload = true;
        opcode = header[0] & 0x0f;
        last = (header[0] & 0x80) != 0;
        if (opcode >= CLOSE) {
            control = new byte[(int) left];
            controlLength = 0;
        } else if (opcode != CONTINUATION) {
            kind = (header[0] & DEFLATED) != 0 ? Kind.DEFLATED : opcode == BINARY ? Kind.BINARY : Kind.TEXT;
        }
    }

    private void payload(byte[] bytes, int from, int to) {
        if (opcode >= CLOSE) {
            System.arraycopy(bytes, from, control, controlLength, to - from);
            controlLength += to - from;
        } else {
            sink.payload(bytes, from, to, kind);
        }
    }

    private void end() {
        inPayload = false;
        if (opcode == PING) {
            sink.ping(Arrays.copyOf(control, controlLength));
        } else if (opcode == CLOSE) {
            sink.closing(Arrays.copyOf(control, controlLength));
        } else if (opcode < CLOSE) {
            sink.endOfFrame(kind, last);
        }
    }
}
