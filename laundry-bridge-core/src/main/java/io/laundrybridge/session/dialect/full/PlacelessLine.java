package io.laundrybridge.session.dialect.full;

import java.nio.charset.StandardCharsets;

/** An event's line without its {@code at}: it tells a value and moves no position. Stateless. */
final class PlacelessLine {
    private static final byte[] AT = "\"at\":\"".getBytes(StandardCharsets.US_ASCII);

    private PlacelessLine() {}

    /** A copy of the line in {@code bytes} from {@code from} to before {@code to}, an event of {@code channel}. */
    static byte[] of(String channel, byte[] bytes, int from, int to) {
        int head = from + "{\"ch\":\"\",".length() + channel.length();
        int rest = head;
        if (startsWith(bytes, head)) {
            rest += AT.length;
            while (bytes[rest - 1] != '"' || bytes[rest] != ',') {
                rest++;
            }
            rest++;
        }
        byte[] line = new byte[to - from - (rest - head)];
        System.arraycopy(bytes, from, line, 0, head - from);
        System.arraycopy(bytes, rest, line, head - from, to - rest);
        return line;
    }

    private static boolean startsWith(byte[] bytes, int at) {
        for (int i = 0; i < AT.length; i++) {
            if (bytes[at + i] != AT[i]) {
                return false;
            }
        }
        return true;
    }
}
