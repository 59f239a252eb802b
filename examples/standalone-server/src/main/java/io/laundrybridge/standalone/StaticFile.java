package io.laundrybridge.standalone;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file to serve.
 *
 * @param type its media type
 * @param content its bytes, shared
 * @param shared whether pages of other origins may load it
 */
record StaticFile(String type, byte[] content, boolean shared) {

    /** Changes with the content, so that a browser downloads each version only once. */
    String tag() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
