package io.laundrybridge.policy;

import java.util.Set;

/**
 * Decides whether a caller may read a channel. Called on the worker that owns the session, for each subscribe; must not
 * block. A rule that throws anything, errors included, denies; that is logged at most once in 10 s.
 */
@FunctionalInterface
public interface Access {

    /**
     * {@return whether {@code caller} may read {@code channel}}
     *
     * @param caller the user of the session
     * @param channel the channel's name
     */
    boolean allows(Caller caller, String channel);

    /**
     * {@return the roles that {@link #allows} asks for} Containers know a caller's roles during the handshake only, so
     * {@link Caller#roles()} knows only these. For any other role it answers false.
     */
    default Set<String> roles() {
        return Set.of();
    }

    /** {@return a rule that allows all callers} */
    static Access anonymous() {
        return (caller, channel) -> true;
    }

    /**
     * {@return a rule that allows all callers whom the host authenticated in the handshake} It is the rule of a channel
     * that has no other.
     */
    static Access authenticated() {
        return (caller, channel) -> !caller.anonymous();
    }

    /**
     * Allows all users with {@code role}, as the host knows it.
     *
     * @param role the role, as the host names it
     * @return the rule
     */
    static Access role(String role) {
        return new RoleAccess(role);
    }
}
