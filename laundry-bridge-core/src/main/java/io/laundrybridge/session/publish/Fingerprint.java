package io.laundrybridge.session.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.laundrybridge.publish.Publish;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Makes the fingerprint of a message, which differs if another value comes with the same id. Stateless. */
final class Fingerprint {
    private Fingerprint() {}

    /** Returns the fingerprint of key and value. */
    static byte[] of(Publish publish) {
        MessageDigest digest = sha256();
        String key = publish.key();
        if (key != null) {
            digest.update(key.getBytes(UTF_8));
        }
        digest.update(key == null ? (byte) 0xFE : (byte) 0xFF); // neither is in UTF-8
        return digest.digest(publish.value());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
