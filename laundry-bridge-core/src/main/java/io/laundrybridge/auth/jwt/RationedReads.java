package io.laundrybridge.auth.jwt;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys at most twice in 10 s, since tokens with invented keys ask for a reading each. Beyond that, the keys count
 * as not available, so that the last ones are used.
 */
final class RationedReads extends RateLimitedJWKSetSource<SecurityContext> {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    RationedReads(JWKSetSource<SecurityContext> source) {
        super(source, PAUSE.toMillis(), null);
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
            throws KeySourceException {
        try {
            return super.getJWKSet(refresh, now, context);
        } catch (RateLimitReachedException e) {
            throw new JWKSetUnavailableException("they were read twice within " + PAUSE.toSeconds() + " s", e);
        }
    }
}
