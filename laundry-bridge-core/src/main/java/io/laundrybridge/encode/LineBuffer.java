package io.laundrybridge.encode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a line under construction; it grows and is reused. Not thread-safe. */
final class LineBuffer {
    private static final int FIRST_BYTES = 1 << 10;
    /** A longer line's bytes are let go, so that a channel does not keep the size of its largest record. */
    private static final int MOST_KEPT_BYTES = 16 << 10;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    void clear() {
        length = 0;
        if (bytes.length > MOST_KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void append(byte[] source) {
        append(source, source.length);
    }

    void append(byte[] source, int count) {
        reserve(count);
        System.arraycopy(source, 0, bytes, length, count);
        length += count;
    }

    void append(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
    }

    void append(String text) {
        append(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends the decimal digits of {@code number} without making a string. */
    void append(long number) {
        if (number < 0) {
            append(Long.toString(number));
            return;
        }
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        reserve(digits);
        length += digits;
        int at = length;
        long rest = number;
        do {
            bytes[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
