package io.laundrybridge.policy;

import java.util.Set;

/** Allows all users in a role. */
record RoleAccess(String role) implements Access {

    @Override
    public boolean allows(Caller caller, String channel) {
        return caller.roles().test(role);
    }

    @Override
    public Set<String> roles() {
        return Set.of(role);
    }
}
