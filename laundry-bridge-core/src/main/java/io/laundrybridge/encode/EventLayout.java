package io.laundrybridge.encode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The layout of an event's line, which only this class knows: {@code
 * {"ch":"machines","at":"0@1234.7","ts":1732375000000,"k":"m-42","v":{...}}}. The value is the last field, so that
 * plain clients get a slice of the same bytes. This class writes such lines and cuts other lines out of them.
 * Stateless.
 */
public final class EventLayout {
    private static final byte[] CHANNEL = "{\"ch\":\"".getBytes(US_ASCII);
    private static final byte[] TEXT_END = "\",".getBytes(US_ASCII);
    private static final byte[] PLACE = "\"at\":\"".getBytes(US_ASCII);
    private static final byte[] TIMESTAMP = "\"ts\":".getBytes(US_ASCII);
    private static final byte[] KEY = ",\"k\":".getBytes(US_ASCII);
    private static final byte[] VALUE = ",\"v\":".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final byte[] LEFT = ",\"left\":true,\"v\":null}".getBytes(US_ASCII);
    private static final char END = '}';

    private static final JsonFactory JSON = new JsonFactory();

    private EventLayout() {}

    /** Returns the beginning of every line of {@code channel}. */
    static byte[] head(String channel) {
        LineBuffer head = new LineBuffer();
        head.append(CHANNEL);
        head.append(channel);
        head.append(TEXT_END);
        return head.toBytes();
    }

    static void appendPlace(LineBuffer line, SourceRecord record) {
        line.append(PLACE);
        line.append(record.partition());
        line.append('@');
        line.append(record.offset());
        if (record.leaderEpoch() != PositionVector.NO_EPOCH) {
            line.append('.');
            line.append(record.leaderEpoch());
        }
        line.append(TEXT_END);
    }

    static void appendTimestamp(LineBuffer line, long timestamp) {
        line.append(TIMESTAMP);
        line.append(timestamp);
    }

    /** Appends {@code key}, the key's text as UTF-8 with JSON's escapes, or null. */
    static void appendKey(LineBuffer line, byte @Nullable [] key) {
        line.append(KEY);
        if (key == null) {
            line.append(NULL);
        } else {
            line.append('"');
            line.append(key);
            line.append('"');
        }
    }

    /**
     * Begins the value, which the caller appends.
     *
     * @return where the value begins
     */
    static int beginValue(LineBuffer line) {
        line.append(VALUE);
        return line.length();
    }

    static void appendNoValue(LineBuffer line) {
        line.append(NULL);
    }

    static void end(LineBuffer line) {
        line.append(END);
    }

    /** Returns where the value ends in a line that ends at {@code to}. */
    public static int valueEnd(int to) {
        return to - 1;
    }

    /**
     * Writes an event without a place and without a value.
     *
     * @return where the value would begin
     */
    static int writeAbsent(LineBuffer line, String channel, String key, long timestamp) {
        line.append(head(channel));
        appendTimestamp(line, timestamp);
        line.append(KEY);
        line.append(json(key));
        int valueFrom = beginValue(line);
        appendNoValue(line);
        end(line);
        return valueFrom;
    }

    /**
     * Returns {@code text} as JSON. A generator writes it, because a key that a client names may contain half of a
     * surrogate pair.
     */
    private static byte[] json(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            generator.writeString(text);
        }
        return out.toByteArray();
    }

    /**
     * Returns a copy without its place of an event's line, which is at {@code from} to {@code to} in {@code bytes}. The
     * copy shows a value and moves no position.
     */
    public static byte[] withoutPlace(String channel, byte[] bytes, int from, int to) {
        int head = placeFrom(channel, from);
        int rest = placeTo(bytes, head);
        byte[] line = new byte[to - from - (rest - head)];
        System.arraycopy(bytes, from, line, 0, head - from);
        System.arraycopy(bytes, rest, line, head - from, to - rest);
        return line;
    }

    /** Returns where the place begins in an event's line of {@code channel}, which is at {@code from}. */
    public static int placeFrom(String channel, int from) {
        return from + CHANNEL.length + channel.length() + TEXT_END.length;
    }

    /** Returns where the place that begins at {@code from} ends; {@code from} itself if there is none. */
    public static int placeTo(byte[] bytes, int from) {
        for (int i = 0; i < PLACE.length; i++) {
            if (bytes[from + i] != PLACE[i]) {
                return from;
            }
        }
        int end = from + PLACE.length;
        while (bytes[end] != TEXT_END[0] || bytes[end + 1] != TEXT_END[1]) {
            end++;
        }
        return end + TEXT_END.length;
    }

    /**
     * Returns the line for a key whose newest value is no longer wanted: the event's line up to its key, then
     * {@code left}.
     *
     * @param from where the event's line begins in {@code bytes}
     * @param valueFrom where its value begins
     */
    public static byte[] left(byte[] bytes, int from, int valueFrom) {
        byte[] line = new byte[leftLength(from, valueFrom)];
        int head = line.length - LEFT.length;
        System.arraycopy(bytes, from, line, 0, head);
        System.arraycopy(LEFT, 0, line, head, LEFT.length);
        return line;
    }

    /** Returns the length of the line that {@link #left} makes. */
    public static int leftLength(int from, int valueFrom) {
        return valueFrom - VALUE.length - from + LEFT.length;
    }
}
