package io.laundrybridge.spring.security;

import io.laundrybridge.policy.Caller;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.util.ClassUtils;

/**
 * Turns a user of Spring Security into a {@link Caller}. A role of an access rule is an authority of that name, with or
 * without Spring's prefix: {@code role:STAFF} is {@code ROLE_STAFF}, and {@code role:SCOPE_read} is {@code SCOPE_read}.
 * Claims and the end of the credential come from OAuth2 tokens and users.
 */
final class AuthenticatedUsers {
    private static final boolean OAUTH2 =
            ClassUtils.isPresent("org.springframework.security.oauth2.core.OAuth2Token", null);

    private final String prefix;
    private final @Nullable RoleHierarchy hierarchy;

    /**
     * Makes callers by the application's rules for roles.
     *
     * @param prefix what Spring puts before a role, by default {@code ROLE_}
     * @param hierarchy the roles that a role includes; null if none does
     */
    AuthenticatedUsers(String prefix, @Nullable RoleHierarchy hierarchy) {
        this.prefix = prefix;
        this.hierarchy = hierarchy;
    }

    Caller caller(Authentication user) {
        Set<String> authorities = authorities(user);
        return new Caller(
                user,
                role -> authorities.contains(role) || authorities.contains(prefix + role),
                OAUTH2 ? Claims.of(OAuth2Users.claims(user)) : Map.of(),
                OAUTH2 ? OAuth2Users.expires(user) : null);
    }

    private Set<String> authorities(Authentication user) {
        Collection<? extends GrantedAuthority> granted = user.getAuthorities();
        return (hierarchy == null ? granted : hierarchy.getReachableGrantedAuthorities(granted))
                .stream()
                        .map(GrantedAuthority::getAuthority)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet());
    }
}
