package io.laundrybridge.test.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket frame as it was on the wire, unmasked.
 *
 * @param first the first byte: FIN, the reserved bits and the opcode
 * @param payload the payload
 */
public record RawFrame(int first, byte[] payload) {
    /** Opcode of a text frame. */
    public static final int TEXT = 1;
    /** Opcode of a binary frame. */
    public static final int BINARY = 2;
    /** Opcode of a close frame. */
    public static final int CLOSE = 8;
    /** Opcode of a ping. */
    public static final int PING = 9;
    /** Opcode of an answer to a ping. */
    public static final int PONG = 10;

    /** Returns whether the message ends here. */
    public boolean last() {
        return (first & 0x80) != 0;
    }

    /** Returns whether a reserved bit is set, as extensions do. */
    public boolean extended() {
        return (first & 0x70) != 0;
    }

    /** Returns what kind of frame it is. */
    public int opcode() {
        return first & 0x0f;
    }

    /** Returns the payload as text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** Returns a close frame's code; 1005 if it has none. */
    public int closeCode() {
        return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getChar();
    }

    /** Returns a close frame's reason. */
    public String closeReason() {
        return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }
}
