package io.laundrybridge.test.login;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A pair of keys that signs tokens. Immutable.
 *
 * @param id its {@code kid}
 * @param algorithm {@code RS256} or {@code ES256}
 * @param pair the private and the public key
 */
public record SigningKey(String id, String algorithm, KeyPair pair) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int COORDINATE = 32;

    /** Makes an RSA key of 2,048 bits, for RS256. */
    public static SigningKey rsa(String id) {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
            pairs.initialize(2_048);
            return new SigningKey(id, "RS256", pairs.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has RSA", e);
        }
    }

    /** Makes a key on the curve P-256, for ES256. */
    public static SigningKey ec(String id) {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(new ECGenParameterSpec("secp256r1"));
            return new SigningKey(id, "ES256", pairs.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has P-256", e);
        }
    }

    /** Returns the public key as a JSON Web Key. */
    public String jwk() {
        return JSON.writeValueAsString(jwk(pair.getPublic()));
    }

    private Map<String, String> jwk(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return Map.of(
                    "kty",
                    "RSA",
                    "kid",
                    id,
                    "use",
                    "sig",
                    "alg",
                    algorithm,
                    "n",
                    base64(unsigned(rsa.getModulus(), 0)),
                    "e",
                    base64(unsigned(rsa.getPublicExponent(), 0)));
        }
        ECPublicKey ec = (ECPublicKey) key;
        return Map.of(
                "kty",
                "EC",
                "crv",
                "P-256",
                "kid",
                id,
                "use",
                "sig",
                "alg",
                algorithm,
                "x",
                base64(unsigned(ec.getW().getAffineX(), COORDINATE)),
                "y",
                base64(unsigned(ec.getW().getAffineY(), COORDINATE)));
    }

    /**
     * Returns a signed token.
     *
     * @param header the header as it is: it may claim another algorithm or key
     * @param payload the claims, as text, so that it may be anything
     */
    public String sign(Map<String, ?> header, String payload) {
        String signed = base64(JSON.writeValueAsBytes(header)) + "." + base64(utf8(payload));
        return signed + "." + base64(signature(signed));
    }

    private byte[] signature(String signed) {
        try {
            Signature signature =
                    Signature.getInstance(algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(utf8(signed));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key does not sign", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the bytes in base64url without padding, as tokens have them. */
    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the number without a sign, in at least {@code length} bytes. */
    private static byte[] unsigned(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        int skip = signed.length > 1 && signed[0] == 0 ? 1 : 0;
        byte[] bytes = new byte[Math.max(length, signed.length - skip)];
        System.arraycopy(signed, skip, bytes, bytes.length - signed.length + skip, signed.length - skip);
        return bytes;
    }
}
