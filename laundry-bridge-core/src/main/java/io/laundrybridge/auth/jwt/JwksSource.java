package io.laundrybridge.auth.jwt;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** Reads and parses a JWKS each time it is asked. */
final class JwksSource implements JWKSetSource<SecurityContext> {
    private final JwksReader reader;

    JwksSource(JwksReader reader) {
        this.reader = reader;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
            throws KeySourceException {
        try {
            JWKSet keys = JWKSet.parse(reader.read());
            if (keys.isEmpty()) {
                throw new JWKSetParseException(reader + " holds no keys", null);
            }
            return keys;
        } catch (IOException e) {
            throw new JWKSetRetrievalException(reader + ": " + e.getMessage(), e);
        } catch (ParseException | RuntimeException e) {
            throw new JWKSetParseException(reader + " is no JSON Web Key Set", e);
        }
    }

    @Override
    public void close() {
        // nothing is open between two readings
    }
}
