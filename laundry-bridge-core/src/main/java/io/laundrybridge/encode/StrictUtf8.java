package io.laundrybridge.encode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Checks strict UTF-8 (RFC 3629): no overlong forms, no surrogates, no incomplete characters. JSON parsers are laxer
 * when they skip a string, and a browser closes with 1007 on what they accept. Not thread-safe; keeps one buffer.
 */
final class StrictUtf8 {
    private static final int FIRST_CAPACITY = 1_024;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private CharBuffer chars = CharBuffer.allocate(FIRST_CAPACITY);

    /** Returns whether {@code bytes} are strict UTF-8. */
    boolean accepts(byte[] bytes) {
        try {
            read(bytes);
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private void read(byte[] bytes) throws CharacterCodingException {
        if (chars.capacity() < bytes.length) {
            chars = CharBuffer.allocate(bytes.length);
        }
        chars.clear();
        decoder.reset();
        var result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
        if (result.isUnderflow()) {
            result = decoder.flush(chars);
        }
        if (!result.isUnderflow()) {
            result.throwException();
        }
    }
}
