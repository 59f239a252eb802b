package io.laundrybridge.auth.jwt;

import static io.laundrybridge.config.BridgeSettings.JWT_ALGORITHMS;
import static io.laundrybridge.config.BridgeSettings.JWT_AUDIENCE;
import static io.laundrybridge.config.BridgeSettings.JWT_CLOCK_SKEW;
import static io.laundrybridge.config.BridgeSettings.JWT_ISSUER;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.laundrybridge.auth.RefusedCredentialsException;
import io.laundrybridge.config.Settings;
import io.laundrybridge.host.HostServices;
import java.io.IOException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks a token's signature and claims, as settings say. Thread-safe. */
final class TokenVerifier {
    private final ConfigurableJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private TokenVerifier(
            Set<JWSAlgorithm> algorithms, JwksKeys keys, DefaultJWTClaimsVerifier<SecurityContext> claims) {
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        // RFC 9068 names access tokens "at+jwt"; other names are of tokens that are no credentials, such as logout+jwt.
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(claims);
    }

    /**
     * Returns the verifier that {@code settings} describe.
     *
     * @param jwks has the keys
     */
    static TokenVerifier from(Settings settings, JwksReader jwks, HostServices services) {
        Set<JWSAlgorithm> algorithms =
                settings.get(JWT_ALGORITHMS).stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        return new TokenVerifier(
                algorithms, JwksKeys.from(settings, jwks, services), claims(settings, services.clock()));
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> claims(Settings settings, InstantSource clock) {
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        settings.find(JWT_ISSUER).ifPresent(exact::issuer);
        List<String> audience = settings.get(JWT_AUDIENCE);
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>(
                        audience.isEmpty() ? null : new HashSet<>(audience), exact.build(), Set.of("exp"), Set.of()) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew(Math.toIntExact(settings.get(JWT_CLOCK_SKEW).toSeconds()));
        return claims;
    }

    /**
     * Returns the claims of {@code token} as JSON has them.
     *
     * @throws RefusedCredentialsException if the token is void
     * @throws IOException if the keys cannot be read, so that it is not known whether the token is void
     */
    Map<String, Object> claims(String token) throws IOException {
        try {
            return processor.process(token, null).toJSONObject();
        } catch (KeySourceException e) {
            throw new IOException("the keys of tokens cannot be read: " + e.getMessage(), e);
        } catch (BadJOSEException e) {
            throw refusal(e.getMessage());
        } catch (ParseException | JOSEException | RuntimeException e) {
            throw refusal(null);
        }
    }

    /** Nimbus' exceptions about parsing may repeat the token, so their messages and causes are left out. */
    private static RefusedCredentialsException refusal(@Nullable String reason) {
        return new RefusedCredentialsException(reason == null ? "the token is no signed JWT" : reason);
    }
}
