package io.laundrybridge.encode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Checks strict UTF-8 (RFC 3629): no overlong forms, no surrogates, no incomplete characters. JSON parsers are laxer
 * when they skip a string, and a browser closes with 1007 on what they accept. Not thread-safe; keeps one small buffer.
 */
final class StrictUtf8 {
    private static final int CHARS_AT_ONCE = 1_024;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer chars = CharBuffer.allocate(CHARS_AT_ONCE);

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
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        decoder.reset();
        CoderResult result;
        do {
            chars.clear();
            result = decoder.decode(rest, chars, true);
        } while (result.isOverflow());
        if (result.isUnderflow()) {
            chars.clear();
            result = decoder.flush(chars);
        }
        if (!result.isUnderflow()) {
            result.throwException();
        }
    }
}
