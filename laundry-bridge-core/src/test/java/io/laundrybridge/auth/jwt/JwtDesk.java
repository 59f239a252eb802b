package io.laundrybridge.auth.jwt;

import io.laundrybridge.auth.Credentials;
import io.laundrybridge.config.Settings;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.login.JwksServer;
import io.laundrybridge.test.login.SigningKey;
import io.laundrybridge.test.login.TokenIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An issuer, its server of keys, a clock, and an authenticator that trusts them. */
final class JwtDesk implements AutoCloseable {
    static final String ISSUER = "https://login.example.com";
    static final String AUDIENCE = "laundry";

    /** One for all desks, because RSA keys take long to make. */
    static final SigningKey FIRST = SigningKey.rsa("key-1");

    final TokenIssuer issuer = new TokenIssuer(FIRST);
    final JwksServer server = new JwksServer(issuer);
    volatile Instant now = Instant.parse("2026-11-29T12:00:00Z");
    final JwtAuthenticator authenticator;

    /** Makes a desk; {@code more} are settings below {@code laundry-bridge.auth.jwt.}, "" takes one away. */
    JwtDesk(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        Map.of("jwks", server.url().toString(), "issuer", ISSUER, "audience", AUDIENCE)
                .forEach((key, value) -> settings.put("laundry-bridge.auth.jwt." + key, value));
        more.forEach((key, value) -> settings.put("laundry-bridge.auth.jwt." + key, value));
        HostServices services = HostServices.standard().withClock(() -> now, System::nanoTime);
        authenticator = JwtAuthenticator.from(Settings.of(settings), services).orElseThrow();
    }

    /** Makes a desk whose keys have been read, so that its clock may jump. */
    JwtDesk() {
        this(Map.of());
        awaitKeys();
    }

    private void awaitKeys() {
        Await.until("keys are read", Duration.ofSeconds(20), () -> {
            try {
                return user(token()) != null;
            } catch (Throwable e) {
                return false;
            }
        });
    }

    /** Returns the claims of a good token, with {@code more} over them; null takes one away. */
    Map<String, Object> claims(Map<String, ?> more) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                ISSUER,
                "aud",
                AUDIENCE,
                "sub",
                "ada",
                "exp",
                now.plus(Duration.ofMinutes(5)).getEpochSecond()));
        claims.putAll(more);
        claims.values().removeIf(value -> value.equals(""));
        return claims;
    }

    String token(Map<String, ?> more) {
        return issuer.token(claims(more));
    }

    String token() {
        return token(Map.of());
    }

    /** Returns the user of a token in an {@code auth} line; throws what refuses it. */
    @Nullable Caller user(String token) throws Throwable {
        return user(new Credentials(token, Caller.ANONYMOUS, Map.of(), "10.0.0.7"));
    }

    /** Returns the user of a handshake with the header {@code Authorization}. */
    @Nullable Caller userOf(String authorization) throws Throwable {
        return user(
                new Credentials(null, Caller.ANONYMOUS, Map.of("authorization", List.of(authorization)), "10.0.0.7"));
    }

    private @Nullable Caller user(Credentials credentials) throws Throwable {
        CompletionStage<@Nullable Caller> stage = authenticator.authenticate(credentials);
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    @Override
    public void close() {
        server.close();
    }
}
