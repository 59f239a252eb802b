package io.laundrybridge.simulation;

import io.laundrybridge.session.socket.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a client reads out of a frame.
 *
 * @param first the offset of its first event; -1 if it has none
 * @param last the offset of its last event; -1 if it has none
 * @param gaps the number of its gap notices
 * @param beat the number of the beat in it; -1 if there is none
 */
record FrameContent(long first, long last, int gaps, long beat) {
    private static final long NONE = -1;
    private static final byte[] EVENT = bytes("{\"ch\":");
    private static final byte[] GAP = bytes("{\"op\":\"gap\"");
    private static final byte[] BEAT = bytes("{\"op\":\"beat\",\"n\":");

    /** Reads {@code frame}. Between its first and its last event it looks at no byte. */
    static FrameContent of(Frame frame) {
        ByteBuffer bytes = frame.payload();
        int gaps = 0;
        long first = NONE;
        long beat = NONE;
        int line = bytes.position();
        while (line < bytes.limit() && first == NONE) {
            int end = end(bytes, line);
            if (begins(bytes, line, EVENT)) {
                first = number(bytes, find(bytes, line, (byte) '@') + 1);
            } else if (begins(bytes, line, GAP)) {
                gaps++;
            } else if (begins(bytes, line, BEAT)) {
                beat = number(bytes, line + BEAT.length);
            }
            line = end + 1;
        }
        return first == NONE
                ? new FrameContent(NONE, NONE, gaps, beat)
                : new FrameContent(first, lastEvent(bytes), gaps, beatAtEnd(bytes));
    }

    /** Returns the number of events. */
    long events() {
        return first == NONE ? 0 : last - first + 1;
    }

    private static long lastEvent(ByteBuffer bytes) {
        int line = begin(bytes, bytes.limit() - 1);
        while (!begins(bytes, line, EVENT)) {
            line = begin(bytes, line - 2);
        }
        return number(bytes, find(bytes, line, (byte) '@') + 1);
    }

    private static long beatAtEnd(ByteBuffer bytes) {
        int line = begin(bytes, bytes.limit() - 1);
        return begins(bytes, line, BEAT) ? number(bytes, line + BEAT.length) : NONE;
    }

    /** Returns where the line that has the byte at {@code at} begins. */
    private static int begin(ByteBuffer bytes, int at) {
        int from = at;
        while (from > bytes.position() && bytes.get(from - 1) != '\n') {
            from--;
        }
        return from;
    }

    private static int end(ByteBuffer bytes, int line) {
        int at = line;
        while (at < bytes.limit() && bytes.get(at) != '\n') {
            at++;
        }
        return at;
    }

    private static int find(ByteBuffer bytes, int from, byte wanted) {
        int at = from;
        while (bytes.get(at) != wanted) {
            at++;
        }
        return at;
    }

    private static long number(ByteBuffer bytes, int from) {
        long number = 0;
        for (int at = from; bytes.get(at) >= '0' && bytes.get(at) <= '9'; at++) {
            number = number * 10 + bytes.get(at) - '0';
        }
        return number;
    }

    private static boolean begins(ByteBuffer bytes, int at, byte[] with) {
        if (bytes.limit() - at < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if (bytes.get(at + i) != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
