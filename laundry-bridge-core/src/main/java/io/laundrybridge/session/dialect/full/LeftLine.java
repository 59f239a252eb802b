package io.laundrybridge.session.dialect.full;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.laundrybridge.channel.log.LogEntry;

/**
 * The line that tells that a key's newest value is no longer wanted: the event's own up to its key, then {@code left}.
 * Stateless.
 */
final class LeftLine {
    private static final int BEFORE_VALUE = ",\"v\":".length();
    private static final byte[] END = ",\"left\":true,\"v\":null}".getBytes(US_ASCII);

    private LeftLine() {}

    /** How long the line in place of {@code entry} is. */
    static int length(LogEntry entry) {
        return entry.valueFrom() - BEFORE_VALUE - entry.from() + END.length;
    }

    /** The line in place of {@code entry}, which lies in {@code bytes}. */
    static byte[] of(byte[] bytes, LogEntry entry) {
        byte[] line = new byte[length(entry)];
        int head = line.length - END.length;
        System.arraycopy(bytes, entry.from(), line, 0, head);
        System.arraycopy(END, 0, line, head, END.length);
        return line;
    }
}
