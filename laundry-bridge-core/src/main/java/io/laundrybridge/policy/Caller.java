package io.laundrybridge.policy;

import java.security.Principal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The user behind a session, as the handshake reported it. Immutable for the life of a session.
 *
 * @param principal the authenticated user, or null if anonymous
 * @param roles whether the user is in a role, as the host knows it at the handshake. It knows the roles that access
 *     rules name ({@link Access#roles()}), and answers false for others
 */
public record Caller(@Nullable Principal principal, Predicate<String> roles) {

    /** An anonymous caller. */
    public static final Caller ANONYMOUS = new Caller(null, role -> false);

    /** {@return whether the caller is anonymous} */
    public boolean anonymous() {
        return principal == null;
    }
}
