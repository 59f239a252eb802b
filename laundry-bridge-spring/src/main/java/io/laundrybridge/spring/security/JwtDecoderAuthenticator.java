package io.laundrybridge.spring.security;

import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.auth.Credentials;
import io.laundrybridge.auth.RefusedCredentialsException;
import io.laundrybridge.policy.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Reads tokens of pages, and bearer tokens of handshakes that no security filter has read, with the application's own
 * {@link JwtDecoder}. A token that the decoder finds bad is refused. Any other failure, such as keys that cannot be
 * loaded, is no answer.
 */
final class JwtDecoderAuthenticator implements Authenticator {
    private static final String BEARER = "Bearer ";

    private final JwtDecoder decoder;
    private final Converter<Jwt, ? extends AbstractAuthenticationToken> converter;
    private final AuthenticatedUsers users;

    JwtDecoderAuthenticator(
            JwtDecoder decoder,
            Converter<Jwt, ? extends AbstractAuthenticationToken> converter,
            AuthenticatedUsers users) {
        this.decoder = decoder;
        this.converter = converter;
        this.users = users;
    }

    @Override
    public CompletionStage<@Nullable Caller> authenticate(Credentials credentials) {
        String token = token(credentials);
        return CompletableFuture.completedStage(token == null ? null : caller(token));
    }

    private static @Nullable String token(Credentials credentials) {
        if (credentials.token() != null || !credentials.caller().anonymous()) {
            return credentials.token();
        }
        return credentials
                .header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .orElse(null);
    }

    private Caller caller(String token) {
        try {
            AbstractAuthenticationToken user = converter.convert(decoder.decode(token));
            if (user == null) {
                throw new RefusedCredentialsException("the application's converter makes no user of the token");
            }
            return users.caller(user);
        } catch (BadJwtException bad) {
            throw new RefusedCredentialsException("the token is refused: " + reason(bad, token));
        }
    }

    /** Returns the decoder's sentence, unless it quotes the token. */
    private static String reason(BadJwtException bad, String token) {
        String message = String.valueOf(bad.getMessage());
        return message.contains(token) ? "it is malformed" : message;
    }
}
