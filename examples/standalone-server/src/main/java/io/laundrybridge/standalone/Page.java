package io.laundrybridge.standalone;

import java.nio.charset.StandardCharsets;

/**
 * What a server says about itself at one moment, for example its health. No cache keeps it.
 *
 * @param status the HTTP status
 * @param type the media type of the text
 * @param text the content
 */
public record Page(int status, String type, String text) {

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
