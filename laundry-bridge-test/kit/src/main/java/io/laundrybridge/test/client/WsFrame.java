package io.laundrybridge.test.client;

import java.nio.charset.StandardCharsets;

/**
 * A message that a {@link WsClient} got.
 *
 * @param binary whether it came as binary
 * @param bytes its content as it came
 */
public record WsFrame(boolean binary, byte[] bytes) {

    /** Returns the content as text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
