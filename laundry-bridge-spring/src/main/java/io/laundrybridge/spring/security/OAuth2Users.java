package io.laundrybridge.spring.security;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2Token;

/** What OAuth2 knows of a user: the claims of a JWT, the attributes of an opaque token or of a login. */
final class OAuth2Users {
    private OAuth2Users() {}

    static Map<String, Object> claims(Authentication user) {
        if (user.getCredentials() instanceof ClaimAccessor token) {
            return token.getClaims();
        }
        return user.getPrincipal() instanceof OAuth2AuthenticatedPrincipal known ? known.getAttributes() : Map.of();
    }

    /** Returns when the user's token runs out; null if it does not, or the user came without one. */
    static @Nullable Instant expires(Authentication user) {
        return user.getCredentials() instanceof OAuth2Token token ? token.getExpiresAt() : null;
    }
}
