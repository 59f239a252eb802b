package io.laundrybridge.benchmark.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Finds events in the payload bytes of any protocol. An event's value begins <code>{"seq":N,"ts":T,</code>, and after
 * it the next cannot come before the least size of a value. Bytes come in pieces that may end anywhere.
 */
final class EventScanner {
    /**
     * Exceeds the longest beginning of an event, so that an event which begins before the last so many bytes is whole.
     */
    static final int LOOKAHEAD = 72;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEVEN_BYTES = 0x00FF_FFFF_FFFF_FFFFL;
    private static final long EVENT = word("{\"seq\":");
    private static final long CONTROL = word("{\"op\":\"");
    private static final String CONTROL_TEXT = "{\"op\":\"";

    private final EventSink sink;
    private final int leastBytes;
    private final boolean partitioned;
    private final boolean controls;

    /** The end of the last piece, in which an event may begin. */
    private final byte[] held = new byte[2 * LOOKAHEAD];

    private int heldLength;
    /** Bytes to skip before the next search. */
    private long skip;
    /** A control line whose end has not arrived yet; empty for none. */
    private final StringBuilder line = new StringBuilder();

    // Results of the parsing of an event.
    private int at;

    EventScanner(EventSink sink, int leastBytes, boolean partitioned, boolean controls) {
        if (leastBytes < LOOKAHEAD) {
            throw new IllegalArgumentException("Found events of " + leastBytes + " bytes, expected " + LOOKAHEAD);
        }
        this.sink = sink;
        this.leastBytes = leastBytes;
        this.partitioned = partitioned;
        this.controls = controls;
    }

    /** Takes {@code bytes[from, to)}. */
    void feed(byte[] bytes, int from, int to) {
        int position = from;
        if (skip > 0) {
            long passed = Math.min(skip, (long) to - position);
            skip -= passed;
            position += (int) passed;
        }
        if (line.length() > 0) {
            position = restOfLine(bytes, position, to);
        }
        if (heldLength > 0 && position < to) {
            position = acrossPieces(bytes, position, to);
        }
        if (position < to) {
            position = scan(bytes, position, to, to);
            keep(bytes, position, to);
        }
        skip += Math.max(0, position - to);
    }

    /** Ends the last frame, and with it the server's control lines. */
    void endOfMessage() {
        if (!controls) {
            return;
        }
        if (line.length() > 0) {
            finishLine();
        } else if (heldLength > 0) {
            String rest = new String(held, 0, heldLength, StandardCharsets.UTF_8);
            rest.lines().filter(part -> part.startsWith(CONTROL_TEXT)).forEach(sink::control);
        }
        heldLength = 0;
    }

    /** Scans the held bytes with the beginning of the new piece; returns where the new piece continues. */
    private int acrossPieces(byte[] bytes, int from, int to) {
        int taken = Math.min(LOOKAHEAD, to - from);
        System.arraycopy(bytes, from, held, heldLength, taken);
        int old = heldLength;
        heldLength = 0;
        int next = scan(held, 0, old + taken, old);
        if (next < old) {
            keep(held, next, old + taken);
            return to;
        }
        return from + next - old;
    }

    private void keep(byte[] bytes, int from, int to) {
        if (from < to) {
            System.arraycopy(bytes, from, held, 0, to - from);
            heldLength = to - from;
        }
    }

    /**
     * Returns where it stopped: at {@code stop} or after it, or before it if an event's beginning might not be whole.
     */
    private int scan(byte[] bytes, int from, int end, int stop) {
        int position = from;
        while (position < stop && end - position >= LOOKAHEAD) {
            if (bytes[position] != '{') {
                position++;
                continue;
            }
            long word = (long) LONG.get(bytes, position) & SEVEN_BYTES;
            if (word == EVENT) {
                parse(bytes, position);
                position += leastBytes;
            } else if (controls && word == CONTROL) {
                position = restOfLine(bytes, position, end);
            } else {
                position++;
            }
        }
        return position;
    }

    private void parse(byte[] bytes, int from) {
        at = from + 7;
        long sequence = number(bytes);
        at += 6; // ,"ts":
        long scheduled = number(bytes);
        int stream = 0;
        if (partitioned) {
            at += 5; // ,"p":
            stream = (int) number(bytes);
        }
        sink.event(sequence, scheduled, stream);
    }

    private long number(byte[] bytes) {
        long value = 0;
        while (bytes[at] >= '0' && bytes[at] <= '9') {
            value = 10 * value + bytes[at++] - '0';
        }
        return value;
    }

    private int restOfLine(byte[] bytes, int from, int to) {
        int position = from;
        while (position < to && bytes[position] != '\n') {
            line.append((char) bytes[position++]);
        }
        if (position < to) {
            finishLine();
            return position + 1;
        }
        return position;
    }

    private void finishLine() {
        String whole = line.toString();
        line.setLength(0);
        sink.control(whole);
    }

    private static long word(String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.US_ASCII);
        return (long) LONG.get(bytes, 0);
    }
}
