package io.laundrybridge.auth.jwt;

import static io.laundrybridge.config.BridgeSettings.JWKS;
import static io.laundrybridge.config.BridgeSettings.JWKS_OUTAGE;
import static io.laundrybridge.config.BridgeSettings.JWKS_REFRESH;
import static io.laundrybridge.config.BridgeSettings.JWT_ALGORITHMS;
import static io.laundrybridge.config.BridgeSettings.JWT_AUDIENCE;
import static io.laundrybridge.config.BridgeSettings.JWT_CLOCK_SKEW;
import static io.laundrybridge.config.BridgeSettings.JWT_ISSUER;
import static io.laundrybridge.config.BridgeSettings.JWT_ROLES_CLAIM;
import static io.laundrybridge.config.BridgeSettings.JWT_USER_CLAIM;

import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.auth.Credentials;
import io.laundrybridge.auth.RefusedCredentialsException;
import io.laundrybridge.config.Setting;
import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Caller;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows users by signed JSON Web Tokens: from an {@code auth} line, or from {@code Authorization: Bearer} of the
 * handshake. Thread-safe. It blocks for at most 4 s, while the keys are read.
 *
 * <p>A token needs a signature of one of the keys by one of the allowed algorithms, an {@code exp} in the future, and
 * the user's name. {@code nbf}, {@code iss} and {@code aud} are checked too. Keys that a token names or brings itself
 * ({@code jku}, {@code jwk}, {@code x5u}) are ignored. The caller's claims are those of the token; the credential runs
 * out at {@code exp} plus the clock skew.
 *
 * <p>A token that is no JWT, and an opaque one, are left to other authenticators.
 */
public final class JwtAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(JwtAuthenticator.class);
    private static final String ARTIFACT = "com.nimbusds:nimbus-jose-jwt";

    /** Three parts in base64url; the last one, the signature, may be missing. */
    private static final Pattern JWT = Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]*+");

    private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S+) *");

    private final TokenVerifier verifier;
    private final String userClaim;
    private final RolesClaim rolesClaim;
    private final Duration clockSkew;

    private JwtAuthenticator(TokenVerifier verifier, Settings settings) {
        this.verifier = verifier;
        this.userClaim = settings.get(JWT_USER_CLAIM);
        this.rolesClaim = new RolesClaim(settings.get(JWT_ROLES_CLAIM));
        this.clockSkew = settings.get(JWT_CLOCK_SKEW);
    }

    /**
     * {@return the authenticator that {@code laundry-bridge.auth.jwt.*} describes; empty if none of these is set} Keys
     * behind a URL are read in the background. If they cannot be read yet, that is logged, and tried again for each
     * login.
     *
     * @param settings the settings of the host
     * @param services threads and clock of the host
     * @throws SettingException if a setting is wrong, a file of keys cannot be read, or Nimbus JOSE is missing
     */
    public static Optional<JwtAuthenticator> from(Settings settings, HostServices services) {
        if (settings.find(JWKS).isEmpty()) {
            refuseOthers(settings);
            return Optional.empty();
        }
        demandNimbus();
        warnOfForeignTokens(settings);
        TokenVerifier verifier = TokenVerifier.from(settings, JwksReader.of(settings.get(JWKS)), services);
        return Optional.of(new JwtAuthenticator(verifier, settings));
    }

    private static void refuseOthers(Settings settings) {
        for (Setting<?> other : List.of(
                JWT_ISSUER,
                JWT_AUDIENCE,
                JWT_ALGORITHMS,
                JWT_USER_CLAIM,
                JWT_ROLES_CLAIM,
                JWT_CLOCK_SKEW,
                JWKS_REFRESH,
                JWKS_OUTAGE)) {
            if (settings.find(other).isPresent()) {
                throw new SettingException(
                        other.key(), other + " is set, but there are no keys to check tokens with; set " + JWKS);
            }
        }
    }

    private static void demandNimbus() {
        try {
            Class.forName("com.nimbusds.jwt.proc.DefaultJWTProcessor", false, JwtAuthenticator.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new SettingException(
                    JWKS.key(),
                    JWKS + " is set, but a library is missing; add the dependency " + ARTIFACT + " (10 or newer)");
        }
    }

    private static void warnOfForeignTokens(Settings settings) {
        for (Setting<?> narrowing : List.of(JWT_ISSUER, JWT_AUDIENCE)) {
            if (settings.find(narrowing).isEmpty()) {
                LOG.warn(
                        "{} is not set, so tokens that were issued for other applications are accepted too", narrowing);
            }
        }
    }

    @Override
    public CompletionStage<@Nullable Caller> authenticate(Credentials credentials) {
        Optional<String> token =
                token(credentials).filter(text -> JWT.matcher(text).matches());
        if (token.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            return CompletableFuture.completedFuture(caller(verifier.claims(token.get())));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Optional<String> token(Credentials credentials) {
        return Optional.ofNullable(credentials.token())
                .or(() -> credentials
                        .header("Authorization")
                        .map(BEARER::matcher)
                        .filter(header -> header.matches())
                        .map(header -> header.group(1)));
    }

    private Caller caller(Map<String, Object> claims) {
        if (!(claims.get(userClaim) instanceof String user) || user.isBlank()) {
            throw new RefusedCredentialsException("the token's claim '" + userClaim + "' is not the name of a user");
        }
        return Caller.named(user)
                .withRoles(rolesClaim.roles(claims))
                .withClaims(claims)
                .withExpiry(expiry(claims).plus(clockSkew));
    }

    private static Instant expiry(Map<String, Object> claims) {
        if (claims.get("exp") instanceof Number seconds) {
            return Instant.ofEpochSecond(seconds.longValue());
        }
        throw new RefusedCredentialsException("the token has no claim 'exp', so it would never run out");
    }
}
