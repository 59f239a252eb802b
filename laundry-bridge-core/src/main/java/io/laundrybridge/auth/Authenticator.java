package io.laundrybridge.auth;

import io.laundrybridge.policy.Caller;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who a client is, from its handshake or from a token that it sends. Called on threads of the bridge that may
 * block; thread-safe. The answer must come within {@code laundry-bridge.limits.authentication}, by default 5 s.
 *
 * <p>Only a caller is a yes. A stage that fails or is late, and an exception, refuse the credentials.
 */
@FunctionalInterface
public interface Authenticator {

    /**
     * {@return the user of {@code credentials}} A stage of null means that this authenticator does not know this kind
     * of credential. Then the next one is asked. If none knows a token, it is refused; if none knows a handshake, the
     * user stays the one whom the host reported.
     *
     * @param credentials what the client presents
     * @throws RefusedCredentialsException if the credentials are void, for example an expired token; its message is for
     *     the operator
     */
    CompletionStage<@Nullable Caller> authenticate(Credentials credentials);

    /**
     * {@return whether it knows tokens, so that pages log in with one; true by default} If no authenticator does, a
     * login is optional unless {@code laundry-bridge.auth.mode} says otherwise.
     */
    default boolean knowsTokens() {
        return true;
    }
}
