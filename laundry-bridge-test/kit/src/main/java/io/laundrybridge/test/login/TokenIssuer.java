package io.laundrybridge.test.login;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Signs tokens, and publishes its keys as a JSON Web Key Set. Thread-safe. */
public final class TokenIssuer {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<SigningKey> keys = new CopyOnWriteArrayList<>();

    private final AtomicInteger rotations = new AtomicInteger();

    /** Makes an issuer with one key. */
    public TokenIssuer(SigningKey first) {
        keys.add(first);
    }

    /** Replaces all keys by a new one on P-256 with an id of its own. Tokens signed before are void from then on. */
    public void rotate() {
        keys.clear();
        keys.add(SigningKey.ec("rotated-" + rotations.incrementAndGet()));
    }

    /** Publishes {@code key} too, and signs with it. */
    public void add(SigningKey key) {
        keys.add(key);
    }

    /** Returns the key that signs: the newest one. */
    public SigningKey key() {
        return keys.get(keys.size() - 1);
    }

    /** Returns the public keys as a JSON Web Key Set. */
    public String jwks() {
        return keys.stream().map(SigningKey::jwk).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /** Returns a token with {@code claims}, signed by the newest key. */
    public String token(Map<String, ?> claims) {
        SigningKey key = key();
        return key.sign(Map.of("alg", key.algorithm(), "kid", key.id(), "typ", "JWT"), JSON.writeValueAsString(claims));
    }
}
