package io.laundrybridge.session.place;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that a secret becomes, by HKDF (RFC 5869) with SHA-256. Each worker seals with a key of its own, derived from
 * this one and a random salt. So no key seals as often as random nonces allow. Immutable.
 */
final class PlaceKey {
    private static final String HMAC = "HmacSHA256";
    private static final byte[] SALT = "laundry-bridge places".getBytes(StandardCharsets.US_ASCII);

    private final byte[] extracted;

    private PlaceKey(byte[] extracted) {
        this.extracted = extracted;
    }

    static PlaceKey of(String secret) {
        return new PlaceKey(hmac(SALT, secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the AES key of 256 bits for places with {@code salt}. */
    SecretKeySpec derived(byte[] salt) {
        byte[] info = new byte[salt.length + 1];
        System.arraycopy(salt, 0, info, 0, salt.length);
        info[salt.length] = 1; // the number of HKDF's only block
        return new SecretKeySpec(hmac(extracted, info), "AES");
    }

    private static byte[] hmac(byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(content);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this JVM has no " + HMAC + ", which every Java platform must have", e);
        }
    }
}
