package io.laundrybridge.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads keys as strict UTF-8 (RFC 3629): no overlong forms, no surrogates, no incomplete characters. Thread-safe. */
final class Utf8Key {
    private Utf8Key() {}

    static String decode(byte[] key) throws CharacterCodingException {
        String text = new String(key, StandardCharsets.UTF_8);
        // Java writes U+FFFD for malformed bytes, so a key without it needs no strict decoder.
        return text.indexOf('\uFFFD') < 0
                ? text
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(key))
                        .toString();
    }
}
