package io.laundrybridge.policy;

import java.util.Set;

/**
 * Decides whether a caller may read a channel. Called on the worker that owns the session, for each subscribe; must not
 * block. A rule that throws, errors too, denies; that is logged at most once in 10 s.
 */
@FunctionalInterface
public interface Access {

    /** Whether {@code caller} may read {@code channel}. */
    boolean allows(Caller caller, String channel);

    /**
     * The roles that {@link #allows} asks about. Containers answer for a caller's roles during the handshake only, so
     * {@link Caller#roles()} knows these alone; a rule that asks for others is answered no.
     */
    default Set<String> roles() {
        return Set.of();
    }

    /** Everybody. */
    static Access anonymous() {
        return (caller, channel) -> true;
    }

    /** Everybody whom the host authenticated in the handshake. What a channel without a rule gets. */
    static Access authenticated() {
        return (caller, channel) -> !caller.anonymous();
    }

    /** Allows all users who have {@code role}, as the host knows it. */
    static Access role(String role) {
        return new RoleAccess(role);
    }
}
