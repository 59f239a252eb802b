package io.laundrybridge.policy;

import java.security.Principal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The user behind a session, as the handshake or an {@link io.laundrybridge.auth.Authenticator} knows it. Immutable; a
 * session gets another caller when its user logs in, or renews a token.
 *
 * @param principal the authenticated user, or null if anonymous
 * @param roles whether the user is in a role. A host knows the roles that access rules name
 *     ({@link Access#roles()}), and answers false for others
 * @param claims what a token says of the user, by name: strings, numbers, booleans, lists and maps
 * @param expires when the credential runs out; null if it does not
 */
public record Caller(
        @Nullable Principal principal,
        Predicate<String> roles,
        Map<String, Object> claims,
        @Nullable Instant expires) {

    /** An anonymous caller. */
    public static final Caller ANONYMOUS = new Caller(null, role -> false, Map.of(), null);

    /**
     * Makes a caller.
     *
     * @param principal the authenticated user, or null if anonymous
     * @param roles whether the user is in a role; thread-safe
     * @param claims what a token says of the user; copied
     * @param expires when the credential runs out; null if it does not
     */
    public Caller {
        claims = Map.copyOf(claims);
    }

    /**
     * {@return a user without roles and claims, whose credential does not run out}
     *
     * @param name the user's name
     */
    public static Caller named(String name) {
        return of(new NamedPrincipal(name), role -> false);
    }

    /**
     * {@return a user without claims, whose credential does not run out}
     *
     * @param principal the user
     * @param roles whether the user is in a role; thread-safe
     */
    public static Caller of(Principal principal, Predicate<String> roles) {
        return new Caller(principal, roles, Map.of(), null);
    }

    /**
     * {@return this caller with exactly these roles}
     *
     * @param names the names of the roles
     */
    public Caller withRoles(Collection<String> names) {
        return new Caller(principal, Set.copyOf(names)::contains, claims, expires);
    }

    /**
     * {@return this caller with exactly these claims}
     *
     * @param values what a token says of the user
     */
    public Caller withClaims(Map<String, ?> values) {
        return new Caller(principal, roles, Map.copyOf(values), expires);
    }

    /**
     * {@return this caller with a credential that runs out at {@code instant}}
     *
     * @param instant the first instant at which the credential is void; null if it does not run out
     */
    public Caller withExpiry(@Nullable Instant instant) {
        return new Caller(principal, roles, claims, instant);
    }

    /** {@return whether the caller is anonymous} */
    public boolean anonymous() {
        return principal == null;
    }

    /** {@return the user's name; "" if anonymous} */
    public String name() {
        String name = principal == null ? null : principal.getName();
        return name == null ? "" : name;
    }

    /**
     * {@return the claim {@code name}; null if there is none}
     *
     * @param name the claim's name
     */
    public @Nullable Object claim(String name) {
        return claims.get(name);
    }
}
