package io.laundrybridge.spring.security;

import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.auth.Credentials;
import io.laundrybridge.policy.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Adds authorities and claims to the users whom Spring Security has authenticated at the handshake, however they logged
 * in. It knows no token.
 */
public final class HandshakeUsers implements Authenticator {
    private final AuthenticatedUsers users;

    HandshakeUsers(AuthenticatedUsers users) {
        this.users = users;
    }

    @Override
    public CompletionStage<@Nullable Caller> authenticate(Credentials credentials) {
        return credentials.token() == null && credentials.caller().principal() instanceof Authentication user
                ? CompletableFuture.completedStage(users.caller(user))
                : CompletableFuture.completedStage(null);
    }
}
