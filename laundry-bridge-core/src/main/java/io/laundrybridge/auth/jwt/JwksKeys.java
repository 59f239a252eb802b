package io.laundrybridge.auth.jwt;

import static io.laundrybridge.config.BridgeSettings.JWKS;
import static io.laundrybridge.config.BridgeSettings.JWKS_OUTAGE;
import static io.laundrybridge.config.BridgeSettings.JWKS_REFRESH;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.events.Event;
import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.logging.RateLimitedLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The keys that tokens are checked with. They are cached, and read again when they are old or when a token names an
 * unknown one. While they cannot be read, the last ones are used for a while. Thread-safe.
 */
final class JwksKeys implements JWKSource<SecurityContext> {
    /** How long a login waits for another one that reads the keys. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

    private final JWKSetSource<SecurityContext> cache;
    private final InstantSource clock;

    private JwksKeys(JWKSetSource<SecurityContext> cache, InstantSource clock) {
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * Returns the keys of {@code jwks}. Those of a file are read now, others in the background.
     *
     * @throws SettingException if the file cannot be read, or has no keys
     */
    static JwksKeys from(Settings settings, JwksReader jwks, HostServices services) {
        RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger(JwksKeys.class), services.nanoTime());
        JWKSetSource<SecurityContext> lasting = new OutageTolerantJWKSetSource<>(
                new RationedReads(new JwksSource(jwks)),
                settings.get(JWKS_OUTAGE).toMillis(),
                event -> warn(log, event));
        JwksKeys keys = new JwksKeys(
                new CachingJWKSetSource<>(
                        lasting, settings.get(JWKS_REFRESH).toMillis(), LONGEST_WAIT.toMillis(), null),
                services.clock());
        if (jwks instanceof JwksFile) {
            keys.readNow();
        } else {
            services.thread("jwks", () -> keys.readAtStart(log)).start();
        }
        return keys;
    }

    private static void warn(RateLimitedLog log, Event<?, ?> event) {
        if (event instanceof OutageTolerantJWKSetSource.OutageEvent<?> outage
                && !(outage.getException().getCause() instanceof RateLimitReachedException)) {
            log.warn("The keys of tokens cannot be read again; the last ones are used for "
                    + outage.getRemainingTime() / 1_000 + " s more: "
                    + outage.getException().getMessage());
        }
    }

    private void readNow() {
        try {
            cached();
        } catch (KeySourceException e) {
            throw new SettingException(JWKS.key(), JWKS + " is not a file of keys: " + e.getMessage());
        }
    }

    private void readAtStart(RateLimitedLog log) {
        try {
            cached();
        } catch (KeySourceException | RuntimeException e) {
            log.warn("Nobody can log in yet, because the keys of tokens cannot be read: " + e.getMessage()
                    + "; they are tried again for each login, check " + JWKS);
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        JWKSet keys = cached();
        List<JWK> matching = selector.select(keys);
        return matching.isEmpty() && !named(selector, keys) ? readAgain(selector) : matching;
    }

    /** Returns whether the key that a token names is there, though of another kind than the token's algorithm. */
    private static boolean named(JWKSelector selector, JWKSet keys) {
        Set<String> ids = selector.getMatcher().getKeyIDs();
        return ids != null && keys.getKeys().stream().anyMatch(key -> ids.contains(key.getKeyID()));
    }

    /** Keys change: the issuer may have a new one. */
    private List<JWK> readAgain(JWKSelector selector) throws KeySourceException {
        try {
            return selector.select(cache.getJWKSet(JWKSetCacheRefreshEvaluator.forceRefresh(), clock.millis(), null));
        } catch (JWKSetUnavailableException e) {
            List<JWK> known = selector.select(cached()); // another login may have read them meanwhile
            if (known.isEmpty()) {
                throw e;
            }
            return known;
        }
    }

    private JWKSet cached() throws KeySourceException {
        return cache.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), clock.millis(), null);
    }
}
