package io.laundrybridge.event;

import java.util.Base64;

/**
 * Turns a record's key into the text that clients see, and by which they select. Must map different keys to different
 * texts. Called on the source's thread and on the threads of {@code Replays}, so it must be thread-safe; it must not
 * block for long.
 */
@FunctionalInterface
public interface KeyDecoder {

    /** Strict UTF-8, the default: any other key makes its record undecodable. */
    KeyDecoder UTF_8 = Utf8Key::decode;

    /** Any bytes, as base64 (RFC 4648 section 4). */
    KeyDecoder BASE_64 = key -> Base64.getEncoder().encodeToString(key);

    /**
     * {@return the text of {@code key}}
     *
     * @param key the bytes of the key
     * @throws io.laundrybridge.error.RetriableDecodeException if another try may succeed; the channel waits
     * @throws Exception if it cannot be decoded; any other exception or error makes the record undecodable
     */
    String decode(byte[] key) throws Exception;
}
