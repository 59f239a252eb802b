package io.laundrybridge.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * The login of clients that belong to tenants: signs a token for each of them. A tenant is the machine that events have
 * at {@link #FIELD}. Processes share the key pair by files.
 */
public final class Tenants {
    /** The field of events with their tenant. */
    public static final String FIELD = "/machineId";

    /** The claim of tokens with the user's tenant. */
    public static final String CLAIM = "tenant";

    /** The issuer of tokens, and the audience that they are for. */
    public static final String ISSUER = "https://benchmark.example", AUDIENCE = "benchmark";

    private static final String HEAD = "{\"alg\":\"ES256\",\"kid\":\"benchmark\"}";
    private static final int COORDINATE_BYTES = 32;
    private static final Duration VALIDITY = Duration.ofHours(12);

    private final PrivateKey key;

    private Tenants(PrivateKey key) {
        this.key = key;
    }

    /**
     * Makes a key pair, unless the files exist; writes its private part to {@code key} and its public part as JWKS to
     * {@code jwks}.
     */
    public static void write(Path key, Path jwks) {
        if (Files.exists(key) && Files.exists(jwks)) {
            return;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            var point = ((ECPublicKey) pair.getPublic()).getW();
            Files.createDirectories(key.toAbsolutePath().getParent());
            Files.write(key, pair.getPrivate().getEncoded());
            Files.writeString(
                    jwks,
                    "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\","
                            + "\"kid\":\"benchmark\",\"x\":\"" + coordinate(point.getAffineX()) + "\",\"y\":\""
                            + coordinate(point.getAffineY()) + "\"}]}");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("P-256 is not available", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the tokens' issuer with the private key in file {@code key}. */
    static Tenants read(Path key) {
        try {
            return new Tenants(
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(key))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(key + " has no key of P-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a token of user {@code client}, who belongs to {@code tenant}. */
    String token(int client, String tenant) {
        String claims = "{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\",\"sub\":\"user-" + client + "\",\""
                + CLAIM + "\":\"" + tenant + "\",\"exp\":"
                + Instant.now().plus(VALIDITY).getEpochSecond() + "}";
        String signed =
                base64(HEAD.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key cannot sign", e);
        }
    }

    private static String coordinate(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] bytes = new byte[COORDINATE_BYTES];
        int length = Math.min(signed.length, COORDINATE_BYTES);
        System.arraycopy(signed, signed.length - length, bytes, COORDINATE_BYTES - length, length);
        return base64(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
