package io.laundrybridge.example.database;

import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.auth.Credentials;
import io.laundrybridge.auth.RefusedCredentialsException;
import io.laundrybridge.policy.Caller;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The users of this demonstration, whose passwords are their names. A token is {@code NAME:PASSWORD}. An application
 * has its own login, and sends its token instead.
 */
final class DemoUsers implements Authenticator {
    /** The role of users who may give commands, {@value}. */
    static final String STAFF = "STAFF";

    private static final Map<String, List<String>> ROLES =
            Map.of("maria", List.of(STAFF), "tom", List.of(STAFF), "vera", List.of());

    @Override
    public CompletionStage<@Nullable Caller> authenticate(Credentials credentials) {
        String token = credentials.token();
        return CompletableFuture.completedFuture(token == null ? null : caller(token));
    }

    private static Caller caller(String token) {
        String name = token.substring(0, Math.max(0, token.indexOf(':')));
        List<String> roles = ROLES.get(name);
        if (roles == null || !token.equals(name + ":" + name)) {
            throw new RefusedCredentialsException("no such user, or another password");
        }
        return Caller.named(name).withRoles(roles);
    }

    /** Returns the names of users who may give commands, as JSON. */
    static String staff() {
        return ROLES.entrySet().stream()
                .filter(user -> user.getValue().contains(STAFF))
                .map(user -> "\"" + user.getKey() + "\"")
                .sorted()
                .toList()
                .toString();
    }
}
